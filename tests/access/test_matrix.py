"""Every route × method × role × relation has its expected answer and gives it, and tells nobody what is not theirs."""

from collections.abc import Callable

import pytest

from caseflow.directory.enums import Role
from tests.access.asking import Browsers, address, ask_all, undone
from tests.access.cells import OWN
from tests.access.impossible import IMPOSSIBLE, possible
from tests.access.routes import CONNECT, Route, all_routes
from tests.access.table import ALL, CELLS, FOR_ANYBODY_SIGNED_IN, FOR_VISITORS

pytestmark = pytest.mark.django_db  # the database is made for marked tests
PAGES = [route for route in all_routes() if route.method != CONNECT]
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"})
Note = Callable[[str, object], None]


@pytest.mark.parametrize("route", PAGES, ids=str)
def test_a_route_answers_everybody_as_the_table_says(route: Route, browsers: Browsers, record_property: Note) -> None:
    cell = CELLS.get((route.name, route.method))
    if cell is None:
        record_property("unclassified", 1)
        pytest.fail(f"nobody has said who may ask {route}")
    tally = ask_all(route, cell, browsers)
    record_property("cells", tally.cells)
    record_property("unclassified", len(tally.unclassified))
    record_property("failed", len(tally.failed))
    assert tally.unclassified == []
    assert tally.failed == []
    assert tally.leaks == []


def test_a_method_that_a_route_does_not_name_is_refused(browsers: Browsers) -> None:
    """So the table misses none. An endpoint that answers GET answers HEAD alike."""
    named = {(route.name, route.method) for route in PAGES}
    named |= {(route.name, "HEAD") for route in PAGES if route.method == "GET" and route.name.startswith("api:")}
    taken = []
    for route in {route.name: route for route in PAGES}.values():
        cell = CELLS[route.name, route.method]
        role = next(iter(cell.allow), Role.PSYCHOLOGIST)
        url = address(route, browsers.places.thing(cell.kind, OWN, role))
        for method in METHODS - {method for name, method in named if name == route.name}:
            with undone():
                status = browsers.send(role, method, url).status_code
            taken += [f"{route.name} {method}: {status}"] if status not in (403, 405) else []
    assert taken == []


def test_the_table_names_no_route_twice_and_none_that_is_not_there() -> None:
    named = [(cell.route, cell.method) for cell in ALL]
    assert len(named) == len(set(named))
    assert {(route.name, route.method) for route in PAGES} >= set(named)


def test_every_route_with_an_object_is_asked_for_one() -> None:
    without = [str(route) for route in PAGES if route.parameters and not CELLS[route.name, route.method].kind]
    assert without == []


def test_every_kind_of_object_stands_in_every_relation_that_is_not_impossible(browsers: Browsers) -> None:
    """So no relation is left out unnoticed: it has an object, or its reason stands in `impossible.py`."""
    things = browsers.places.things
    missing = [f"{kind} {relation}" for kind in things for relation in possible(kind) if relation not in things[kind]]
    assert missing == []


def test_nothing_is_called_impossible_that_is_there(browsers: Browsers) -> None:
    things = browsers.places.things
    assert set(things) == {cell.kind for cell in ALL if cell.kind} >= set(IMPOSSIBLE)
    there = [
        f"{kind} {relation}" for kind, reasons in IMPOSSIBLE.items() for relation in reasons if relation in things[kind]
    ]
    assert there == []


def test_only_the_listed_routes_have_no_guard_by_role() -> None:
    unguarded = {route.name for route in all_routes() if route.roles is None}
    assert unguarded == FOR_VISITORS | FOR_ANYBODY_SIGNED_IN
    assert not FOR_VISITORS & FOR_ANYBODY_SIGNED_IN


def test_the_guards_let_in_whom_the_table_lets_in() -> None:
    """A role that the guard admits and the table does not, or the other way, is a mistake in one of them."""
    apart = {
        str(route): sorted(route.roles ^ set(CELLS[route.name, route.method].allow))
        for route in PAGES
        if route.roles is not None and route.roles != set(CELLS[route.name, route.method].allow)
    }
    assert apart == {}
