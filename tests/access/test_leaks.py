"""What a role must never see occurs in nothing that it may open: planted words are looked for in every answer."""

import json
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Final

import pytest
from django.http import HttpResponse
from pdfminer.high_level import extract_text

from analytics.models import Signal
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil
from tests.access.asking import Browsers, respond, undone
from tests.access.cells import CLOSED, CONFLICT, OWN
from tests.access.objects_of_bullying import BASIS_OF_FINDING
from tests.access.objects_of_cases import BASIS, NOTE, WORDS
from tests.access.objects_of_homes import ORDER_NUMBER, SAFE_CONTACT
from tests.access.objects_of_questionnaires import ANSWER
from tests.access.places import CHILD, OTHER_CHILD, REPORTER
from tests.access.routes import all_routes
from tests.access.table import CELLS
from tests.plans.factories import SECRET

pytestmark = pytest.mark.django_db
CLINICAL: Final = frozenset(
    {"note", "basis", "answer", "mood value", "signal", "finding", "safe contact", "order", "plan"}
)
WORDS_TOO: Final = CLINICAL | {"words"}
EVERYTHING: Final = WORDS_TOO | {"child", "other child", "reporter"}
# "Who may see what", the column "Never". Who is not listed may see all of these where it concerns them.
NEVER: Final = {
    **dict.fromkeys((Role.PROSECUTOR, Role.COUNCIL_CHAIR, Role.COUNCIL_MEMBER, Role.ANALYST), EVERYTHING),
    **dict.fromkeys((Role.POLICE_OPERATOR, Role.DUTY_PERSON, Role.DRILL_OFFICER, Role.PUPIL), EVERYTHING),
    Role.PARENT: EVERYTHING - {"child"},
    Role.AGENCY_OFFICER: CLINICAL | {"reporter"},
    **dict.fromkeys((Role.TEACHER, Role.CLASS_TEACHER, Role.SCHOOL_ADMIN), WORDS_TOO),
    **dict.fromkeys((Role.SYSTEM_ADMIN, Role.DPO), WORDS_TOO),
    **dict.fromkeys((Role.SOCIAL_PEDAGOGUE, Role.PRINCIPAL), CLINICAL),
}


def planted(browsers: Browsers) -> dict[str, str]:
    """The words and numbers that give each kind of content away."""
    signal = Signal.objects.get(pk=browsers.places.thing("signal", OWN, None)["pk"])
    return {
        "note": NOTE,
        "basis": BASIS,
        "answer": ANSWER,
        "words": WORDS,
        "finding": BASIS_OF_FINDING,
        "safe contact": SAFE_CONTACT,
        "order": ORDER_NUMBER,
        "plan": SECRET,
        "child": CHILD,
        "other child": OTHER_CHILD,
        "reporter": REPORTER,
        "mood value": repr(signal.effect),
        "signal": "Sustained shift of mood",
    }


def answers(browsers: Browsers, role: Role) -> Iterator[tuple[str, str]]:
    """Everything the role may get, as text: each page and endpoint for each object it is let in for."""
    for route in all_routes():
        cell = CELLS.get((route.name, route.method))
        if cell is None or route.method != "GET" or (cell.others == 403 and role not in cell.allow):
            continue
        for relation in browsers.places.relations(cell.kind):
            with undone():
                yield f"{route} {relation}", text_of(respond(route, cell, browsers, role, relation))


def text_of(response: HttpResponse) -> str:
    """What the answer says, whatever it is wrapped in."""
    kind = response.headers.get("Content-Type", "")
    if kind.startswith("application/pdf"):
        return extract_text(BytesIO(response.content))
    if kind.startswith("image/"):
        return ""
    content = response.content.decode()
    if kind.startswith("application/json"):
        content = json.dumps(json.loads(content), ensure_ascii=False)
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), content)


@pytest.mark.parametrize("role", NEVER, ids=str)
def test_nothing_a_role_may_open_tells_what_it_must_never_see(role: Role, browsers: Browsers) -> None:
    words = {name: planted(browsers)[name] for name in NEVER[role]}
    leaks = [
        f"{where}: {name}"
        for where, content in answers(browsers, role)
        for name, word in words.items()
        if word in content
    ]
    assert leaks == []


def test_the_words_are_found_where_they_belong(browsers: Browsers) -> None:
    """Without this the search above could miss what is there."""
    read = "\n".join(content for _, content in answers(browsers, Role.PSYCHOLOGIST))
    assert {name for name, word in planted(browsers).items() if word not in read} == set()


def test_a_parent_and_a_teacher_are_searched_on_pages_that_show_something(browsers: Browsers) -> None:
    assert CHILD in "\n".join(content for _, content in answers(browsers, Role.PARENT))
    assert CHILD in "\n".join(content for _, content in answers(browsers, Role.TEACHER))


NAMES_NOBODY = {"analytics:class-climate", "api:climate-detail"}  # of a class as a whole


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
