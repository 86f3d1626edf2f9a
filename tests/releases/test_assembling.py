"""All releases of a year as one system: its equations hold in the exact counts, and nothing small is narrowed."""

from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseflow.disclosure.cube import Key, is_consistent
from caseflow.disclosure.protection import narrowed, protect
from caseflow.disclosure.rounding import SMALL, rounded
from caseflow.indicators.rules.definitions import shipped
from caseflow.indicators.rules.sources import SOURCES, Source
from caseflow.releases.rules.assembling import REGION, Counted, Problem, assemble, families

KEYS = frozenset(each.key for each in shipped() if not each.is_time)
QUARTERS = tuple(f"2026-Q{number}" for number in range(1, 5))
SCHOOLS, EVENTS = "schools", "incidents"


def family_of(code: str) -> tuple[Source, ...]:
    return next(family for family in families() if code in {source.code for source in family})


def region_counts(draw: st.DrawFn, districts: list[str]) -> dict[str, dict[str, dict[str, int]]]:
    """Counts of the sources of events whose divisions agree."""
    counts: dict[str, dict[str, dict[str, int]]] = {
        code: defaultdict(dict) for code in ("incidents", "bullying", "psychological", "legal")
    }
    for district in districts:
        for category in SOURCES["incidents"].values:
            counts["incidents"][category][district] = draw(st.integers(0, 12))
        events = sum(counts["incidents"][category][district] for category in SOURCES["incidents"].values)
        for kind in ("psychological", "legal"):
            missing = draw(st.integers(0, min(events, 3)))
            counts[kind]["missing"][district], counts[kind]["in_time"][district] = missing, events - missing
        suspected = sum(counts["incidents"][each][district] for each in ("bullying", "cyberbullying"))
        confirmed = draw(st.integers(0, suspected))
        counts["bullying"]["confirmed"][district] = confirmed
        counts["bullying"]["not_confirmed"][district] = suspected - confirmed
    return {code: dict(by_value) for code, by_value in counts.items()}


def shown_of(problem: Problem) -> dict[str, dict[str, int | None]]:
    found: dict[str, dict[str, int | None]] = defaultdict(dict)
    shown = protect(
        problem.cube,
        problem.exact,
        fresh=problem.fresh,
        released=problem.released,
        duties=problem.duties,
        public=problem.public,
    )
    for key, figure in shown.items():
        found[key.figure][key.place] = figure
    return dict(found)


@st.composite
def two_quarters(draw: st.DrawFn) -> list[Counted]:
    districts = draw(st.sampled_from([["1"], ["1", "2"], ["1", "2", "3"]]))
    return [
        Counted(code=code, counts=region_counts(draw, districts), keys=KEYS, districts=frozenset(districts))
        for code in QUARTERS[:2]
    ]


@settings(max_examples=30, deadline=None)
@given(quarters=two_quarters())
def test_a_correction_and_a_second_quarter_narrow_nothing_released(quarters: list[Counted]) -> None:
    family, released = family_of(EVENTS), list[Counted]()
    corrected = replace(quarters[0], code="2026-Q1/2", corrects="2026-Q1")
    for each in (quarters[0], corrected, quarters[1]):
        problem = assemble(family, released, each)
        assert is_consistent(problem.cube, problem.exact)
        figures = shown_of(problem)
        released.append(replace(each, figures=figures))
        shown = {key: problem.released.get(key) for key in problem.exact}
        shown |= {Key(figure, place, each.code): n for figure, by in figures.items() for place, n in by.items()}
        published = {*problem.released, *problem.fresh}
        assert not narrowed(problem.cube, problem.exact, shown, problem.duties, problem.public, published)
        for key in problem.fresh:
            figure = figures[key.figure][key.place]
            assert figure is None or (figure == rounded(problem.exact[key]) and problem.exact[key] not in SMALL)


def test_a_district_that_came_later_had_nothing_before() -> None:
    first = Counted(
        "2026-Q1",
        {"opened": {"all": {"1": 20}}},
        frozenset({"opened:*"}),
        frozenset({"1"}),
        {"opened:*": {"1": 20, REGION: 20}},
    )
    second = Counted("2026-Q2", {"opened": {"all": {"1": 9, "2": 11}}}, frozenset({"opened:*"}), frozenset({"1", "2"}))
    problem = assemble(family_of("opened"), [first], second)
    assert problem.exact[Key("opened:*", "2", "2026-Q1")] == 0
    assert problem.released[Key("opened:*", "2", "2026-Q1")] == 0
    assert is_consistent(problem.cube, problem.exact)


def test_values_that_no_indicator_tells_apart_are_one_count() -> None:
    keys = frozenset({"incidents:*", "incidents:bullying+cyberbullying"})
    counts = {"incidents": {"bullying": {"1": 9}, "violence": {"1": 3}, "conflict": {"1": 30}}}
    problem = assemble(family_of(EVENTS), [], Counted("2026-Q1", counts, keys, frozenset({"1"})))
    figures = {key.figure for key in problem.exact if key.figure.startswith("incidents:")}
    assert len(figures) == 3
    assert {key.figure for key in problem.fresh} == keys
    assert is_consistent(problem.cube, problem.exact)


def test_an_indicator_of_a_region_s_own_may_lie_across_the_others() -> None:
    own = "incidents:extortion+violence"
    counts = {"incidents": {"violence": {"1": 13}, "extortion": {"1": 1}, "conflict": {"1": 30}}}
    keys = frozenset({"incidents:*", "incidents:violence", own})
    problem = assemble(family_of(EVENTS), [], Counted("2026-Q1", counts, keys, frozenset({"1"})))
    assert is_consistent(problem.cube, problem.exact)
    figures = shown_of(problem)
    shown = {key: figures.get(key.figure, {}).get(key.place) for key in problem.exact}
    assert None in (figures[own]["1"], figures["incidents:violence"]["1"])  # the one is their difference
    assert not narrowed(problem.cube, problem.exact, shown)


@pytest.mark.parametrize(("having", "hidden"), [(20, False), (12, False), (10, False), (15, True), (3, True)])
def test_schools_are_known_to_all_and_those_without_a_camera_are_not(having: int, *, hidden: bool) -> None:
    counts = {"schools": {"all": {"1": 20}}, "cameras": {"yes": {"1": having}, "no": {"1": 20 - having}}}
    keys = frozenset({"schools:*", "cameras:yes"})
    problem = assemble(family_of(SCHOOLS), [], Counted("2026-Q1", counts, keys, frozenset({"1"})))
    assert Key("schools:*", "1", "2026-Q1") in problem.public - problem.fresh
    shown = shown_of(problem)["cameras:yes"]
    assert (shown["1"] is None) is hidden


def test_of_a_district_with_five_schools_what_can_be_kept_is_kept() -> None:
    counts = {"schools": {"all": {"1": 5, "2": 40}}, "cameras": {"yes": {"1": 3, "2": 25}, "no": {"1": 2, "2": 15}}}
    keys = frozenset({"schools:*", "cameras:yes"})
    problem = assemble(family_of(SCHOOLS), [], Counted("2026-Q1", counts, keys, frozenset({"1", "2"})))
    figures = shown_of(problem)
    assert figures["cameras:yes"]["1"] is None
    shown = {key: figures.get(key.figure, {}).get(key.place) for key in problem.exact}
    assert not narrowed(problem.cube, problem.exact, shown, problem.duties, problem.public)


def test_what_waited_and_is_missing_by_the_time_of_a_correction_holds_nothing_up() -> None:
    """Who knows the missing ones exactly and that others fell could otherwise count back."""
    keys = frozenset({"incidents:*", "legal:in_time", "legal:missing"})
    first = {"incidents": {"conflict": {"1": 12}}, "legal": {"waiting": {"1": 9}, "in_time": {"1": 3}}}
    later = {"incidents": {"conflict": {"1": 12}}, "legal": {"missing": {"1": 9}, "in_time": {"1": 3}}}
    before = Counted("2026-Q1", first, keys, frozenset({"1"}))
    before = replace(before, figures=shown_of(assemble(family_of(EVENTS), [], before)))
    after = Counted("2026-Q1/2", later, keys, frozenset({"1"}), corrects="2026-Q1")
    problem = assemble(family_of(EVENTS), [before], after)
    assert shown_of(problem)["legal:in_time"]["1"] is None


def test_parts_that_nobody_was_shown_bear_no_mark() -> None:
    """The year ties in a quarter in which nothing told the parts of an own indicator apart."""
    one, own = "incidents:bullying+cyberbullying", "incidents:cyberbullying"
    parts = {"incidents": {"bullying": {"1": 7}, "cyberbullying": {"1": 6}, "conflict": {"1": 20}}}
    year = {"incidents": {"bullying": {"1": 14}, "cyberbullying": {"1": 12}, "conflict": {"1": 40}}}
    quarters: list[Counted] = []
    for code, keys in (("2026-Q1", {"incidents:*", one}), ("2026-Q3", {"incidents:*", one, own})):
        counted = Counted(code, parts, frozenset(keys), frozenset({"1"}))
        quarters.append(replace(counted, figures=shown_of(assemble(family_of(EVENTS), quarters, counted))))
    whole = Counted("2026", year, frozenset({"incidents:*", one, own}), frozenset({"1"}), parts=("2026-Q1", "2026-Q3"))
    problem = assemble(family_of(EVENTS), quarters, whole)
    assert is_consistent(problem.cube, problem.exact)
    assert set(shown_of(problem)) == {"incidents:*", one, own}
