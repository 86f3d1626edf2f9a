"""The search of the matrix for what a role must never see finds what is there, on pages that show something."""

from collections.abc import Iterator

import pytest

from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil
from tests.access.asking import Browsers, respond, undone
from tests.access.cells import CLOSED, CONFLICT, OWN
from tests.access.leaks import NEVER, planted, text_of
from tests.access.places import CHILD
from tests.access.routes import all_routes
from tests.access.table import CELLS

pytestmark = pytest.mark.django_db


def answers(browsers: Browsers, role: Role) -> Iterator[tuple[str, str]]:
    """Everything the role may get, as text: each page and endpoint for each object it is let in for."""
    for route in all_routes():
        cell = CELLS.get((route.name, route.method))
        if cell is None or route.method != "GET" or (cell.others == 403 and role not in cell.allow):
            continue
        for relation in browsers.places.relations(cell.kind):
            with undone():
                yield f"{route} {relation}", text_of(respond(route, cell, browsers, role, relation))


def test_the_words_are_found_where_they_belong(browsers: Browsers) -> None:
    """Without this the search above could miss what is there."""
    read = "\n".join(content for _, content in answers(browsers, Role.PSYCHOLOGIST))
    assert {name for name, word in planted(browsers.places).items() if word not in read} == set()


def test_a_parent_and_a_teacher_are_searched_on_pages_that_show_something(browsers: Browsers) -> None:
    assert CHILD in "\n".join(content for _, content in answers(browsers, Role.PARENT))
    assert CHILD in "\n".join(content for _, content in answers(browsers, Role.TEACHER))


NAMES_NOBODY = {"analytics:class-climate", "api:climate-detail", "schoolyear:class"}  # of a class as a whole


def test_a_class_and_a_run_that_a_parent_on_the_staff_may_open_leave_the_own_child_out(browsers: Browsers) -> None:
    places = browsers.places
    own = Pupil.objects.get(school_class=places.childs_class)
    opened = [
        (route, cell, role)
        for route in all_routes()
        if (cell := CELLS.get((route.name, route.method))) and route.method == "GET" and cell.kind in ("class_", "run")
        for role in cell.allow
    ]
    assert {cell.kind for _, cell, _ in opened} == {"class_", "run"}
    for route, cell, role in opened:
        seen, of_own = (
            text_of(respond(route, cell, browsers, role, relation))
            for relation in (OWN if cell.kind == "class_" else CLOSED, CONFLICT)
        )
        named = places.child.last_name in seen or str(places.child.pk) in seen
        assert named is (route.name not in NAMES_NOBODY), route
        assert own.last_name not in of_own, route
        assert str(own.pk) not in of_own, route


def test_every_role_but_the_psychologists_has_something_it_must_never_see() -> None:
    assert set(Role) - set(NEVER) == {Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST}
