"""A cell shows what a release published, or says why there is nothing; never self-harm below a region and a year."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.disclosure.rounding import change_percent, share_percent
from caseflow.explorer.enums import State
from caseflow.explorer.rules.cells import Shelf, may_be_shown
from caseflow.explorer.rules.questions import resolved
from caseflow.indicators.rules.definitions import in_force, shipped
from caseflow.indicators.rules.periods import period_named
from caseflow.releases.rules.assembling import REGION
from caseflow.releases.rules.content import described
from tests.explorer.factories import TODAY

DEFINED = {each.code: described(each) for each in in_force(shipped(), TODAY)}
PLACES = (REGION, "1", "2")
PERIODS = ("2024-Q3", "2025-Q2", "2025-Q3", "2024", "2025")
SELF_HARM = DEFINED["self_harm"]
PUBLISHED = st.none() | st.integers(0, 40).map(lambda n: 5 * n)


def content(codes: list[str], figures: Mapping[str, Mapping[str, int | None]], **more: Any) -> dict[str, Any]:
    return {
        "indicators": [DEFINED[code] for code in codes],
        "places": [{"id": "1", "names": dict.fromkeys(("kk", "ru", "en"), "x")}],
        "figures": figures,
        "times": {},
    } | more


@st.composite
def shelves(draw: st.DrawFn) -> Shelf:
    """Contents with any figures at all, of self-harm too, in places and periods where there must be none."""
    held = draw(st.lists(st.sampled_from(PERIODS), unique=True, min_size=1))
    contents = {}
    for period in held:
        codes = draw(st.lists(st.sampled_from(sorted(DEFINED)), unique=True, max_size=8))
        keys = {DEFINED[code]["key"] for code in [*codes, "self_harm"]}
        figures = {key: draw(st.dictionaries(st.sampled_from(PLACES), PUBLISHED)) for key in sorted(keys)}
        times = {s: {REGION: draw(st.none() | st.just({"median_s": 7, "p90_s": 9}))} for s in ("accepting", "arriving")}
        contents[period] = content([*codes, "self_harm"], figures, times=times)
    return Shelf(contents, tuple(held))


@given(shelves(), st.sampled_from(sorted(DEFINED)), st.sampled_from(PLACES), st.sampled_from(PERIODS))
def test_a_cell_holds_what_its_release_published_and_what_is_computed_from_it(
    shelf: Shelf, code: str, place: str, period: str
) -> None:
    defined = shelf.defined(code) or DEFINED[code]
    cell = shelf.cell(defined, place, period)
    published = shelf.contents.get(period, {}).get("figures", {}).get(defined["key"], {})
    if cell.count is not None:
        assert (cell.state, cell.count) == (State.SHOWN, published[place])
    if cell.state in (State.NOT_COUNTED, State.OTHERWISE):
        assert (cell.count, cell.times, cell.share, cell.change, cell.before) == (None,) * 5
    assert cell.share == share_percent(cell.count, cell.whole)
    assert cell.change == change_percent(cell.count, cell.before)
    if cell.before is not None:
        before = shelf.contents[period_named(period).year_before.code]["figures"]
        assert cell.before == before[defined["key"]][place]


@given(shelves(), st.sampled_from(PLACES), st.sampled_from(PERIODS))
def test_self_harm_is_never_shown_below_a_region_and_a_year(shelf: Shelf, place: str, period: str) -> None:
    cell = shelf.cell(SELF_HARM, place, period)
    if place != REGION or not period_named(period).is_year:
        assert cell.state == State.NOT_COUNTED
        assert {cell.count, cell.before, cell.previous, cell.whole} == {None}


def test_no_other_source_is_kept_to_the_region() -> None:
    kept = {each["source"] for each in DEFINED.values() if not may_be_shown(each["source"], "1", "2025-Q1")}
    assert kept == {"self_harm"}


def test_hidden_not_counted_and_nought_are_three_things() -> None:
    key = DEFINED["violence"]["key"]
    shelf = Shelf({"2025-Q3": content(["violence"], {key: {REGION: 0, "1": None}})}, ("2025-Q3",))
    states = [shelf.cell(DEFINED["violence"], place, "2025-Q3") for place in PLACES]
    assert [(cell.state, cell.count) for cell in states] == [
        (State.SHOWN, 0),
        (State.HIDDEN, None),
        (State.NOT_COUNTED, None),
    ]


def test_a_period_in_which_the_same_name_was_another_count_says_so() -> None:
    other = DEFINED["violence"] | {"key": "incidents:conflict+violence", "version": 1}
    newer = DEFINED["violence"] | {"version": 2}
    shelf = Shelf(
        {
            "2025-Q2": content([], {other["key"]: {REGION: 40}}, indicators=[other]),
            "2025-Q3": content([], {newer["key"]: {REGION: 20}}, indicators=[newer]),
        },
        ("2025-Q2", "2025-Q3"),
    )
    assert shelf.defined("violence") == newer
    assert shelf.cell(newer, REGION, "2025-Q2").state == State.OTHERWISE
    assert not shelf.cell(newer, REGION, "2025-Q3").has_previous


def test_the_same_count_under_another_name_is_set_beside() -> None:
    key = DEFINED["violence"]["key"]
    shelf = Shelf(
        {"2024-Q3": content([], {key: {REGION: 20}}), "2025-Q3": content(["violence"], {key: {REGION: 30}})},
        ("2025-Q3",),
    )
    cell = shelf.cell(DEFINED["violence"], REGION, "2025-Q3")
    assert (cell.before, cell.change, cell.share) == (20, 50, None)


def test_a_share_is_of_the_whole_as_it_was_published_and_not_of_kinds_of_events() -> None:
    in_time, events, violence = DEFINED["psych_in_time"], DEFINED["events"], DEFINED["violence"]
    figures = {events["key"]: {REGION: 40}, in_time["key"]: {REGION: 30}, violence["key"]: {REGION: 20}}
    shelf = Shelf({"2025-Q3": content(["psych_in_time", "events", "violence"], figures)}, ("2025-Q3",))
    assert shelf.cell(in_time, REGION, "2025-Q3").share == 75
    assert shelf.cell(violence, REGION, "2025-Q3").share is None


@pytest.mark.parametrize(
    ("times", "state"),
    [({REGION: {"median_s": 40, "p90_s": 90}}, State.SHOWN), ({REGION: None}, State.HIDDEN), ({}, State.NOT_COUNTED)],
)
def test_times_are_shown_hidden_or_not_measured(times: dict[str, Any], state: State) -> None:
    shelf = Shelf({"2025-Q3": content(["accepting"], {}, times={"accepting": times})}, ("2025-Q3",))
    cell = shelf.cell(DEFINED["accepting"], REGION, "2025-Q3")
    assert (cell.state, cell.times, cell.has_before) == (state, times.get(REGION), False)


def test_the_newest_release_that_was_asked_says_what_an_indicator_is() -> None:
    older, newer = DEFINED["violence"] | {"version": 1}, DEFINED["violence"] | {"version": 2}
    contents = {"2024": content([], {}, indicators=[older]), "2025": content([], {}, indicators=[newer])}
    assert Shelf(contents, ("2024", "2025")).defined("violence") == newer
    assert Shelf(contents, ("2024",)).defined("violence") == older
    assert Shelf(contents, resolved(("2026",), ("2024", "2025"))).defined("violence") is None
