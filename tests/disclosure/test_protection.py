"""No small count can be worked out from all releases together (rule 22)."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseflow.disclosure.cube import Cube, Equation, Key, Later, Sum, is_consistent
from caseflow.disclosure.protection import UnprotectableError, narrowed, protect
from caseflow.disclosure.rounding import SMALL, Published, publish_count, rounded
from caseflow.disclosure.sight import MOST, Limits, around
from caseflow.disclosure.tables import Tables, rows_of

PLACES, KINDS = ("a", "b"), ("x", "y")
CUBE = Cube((Sum("all", KINDS),), (Sum("region", PLACES),))


def table(counts: list[int], period: str = "q1") -> dict[Key, int]:
    """Two kinds in two places, with all their sums."""
    exact = {Key(kind, place, period): n for (kind, place), n in zip(product(KINDS, PLACES), counts, strict=True)}
    for place in PLACES:
        exact[Key("all", place, period)] = sum(exact[Key(kind, place, period)] for kind in KINDS)
    for figure in (*KINDS, "all"):
        exact[Key(figure, "region", period)] = sum(exact[Key(figure, place, period)] for place in PLACES)
    return exact


def possible(count: int, shown: Published, most: int) -> range:
    """What a reader who knows the small marks must think possible of one of the finest counts."""
    if shown is not None:
        return range(around(shown).low, around(shown).high + 1)
    return SMALL if count in SMALL else range(most + 1)


counts_of_four = st.lists(st.integers(0, 9), min_size=4, max_size=4)


@given(counts_of_four)
@settings(deadline=None, max_examples=40)  # tries tens of thousands of tables
def test_by_brute_force_every_small_count_may_be_anything_from_one_to_seven(counts: list[int]) -> None:
    exact = table(counts)
    shown = protect(CUBE, exact, fresh=exact)
    finest = [Key(kind, place, "q1") for kind, place in product(KINDS, PLACES)]
    seen: dict[Key, set[int]] = {key: set() for key in exact}
    for guess in product(*(possible(exact[key], shown[key], most=40) for key in finest)):
        whole = table(list(guess))
        if all(shown[key] is None or publish_count(whole[key]) == shown[key] for key in exact):
            for key, n in whole.items():
                seen[key].add(n)
    for key in finest:
        if exact[key] in SMALL:
            assert seen[key] == set(SMALL)
    for key in exact:
        assert exact[key] in seen[key]


@given(counts_of_four)
@settings(deadline=None)
def test_what_is_shown_is_rounded_and_no_small_count_is(counts: list[int]) -> None:
    exact = table(counts)
    for key, figure in protect(CUBE, exact, fresh=exact).items():
        assert figure in (None, rounded(exact[key]))
        assert figure is None or exact[key] not in SMALL


@given(counts_of_four, counts_of_four, st.integers(0, 3))
@settings(deadline=None, max_examples=40)
def test_a_year_beside_its_quarters_narrows_nothing(first: list[int], second: list[int], more: int) -> None:
    cube = Cube(CUBE.figures, CUBE.places, (Sum("y", ("q1/2", "q2")),), (Later("q1", "q1/2"),))
    quarters = [table(first, "q1"), table(second, "q2"), table([first[0] + more, *first[1:]], "q1/2")]
    year = table([a + b for a, b in zip([first[0] + more, *first[1:]], second, strict=True)], "y")
    exact: dict[Key, int] = {}
    shown: dict[Key, Published] = {}
    for release in (*quarters, year):
        exact |= release
        shown |= protect(cube, exact, fresh=release, released=shown)
    assert is_consistent(cube, exact)
    assert narrowed(cube, exact, shown) == frozenset()


@given(counts_of_four)
@settings(deadline=None)
def test_who_knows_a_duty_exactly_learns_no_more_than_it_says(counts: list[int]) -> None:
    exact = table(counts)
    duties = [key for key in exact if key.figure == "x"]
    shown = protect(CUBE, exact, fresh=exact, duties=duties)
    assert narrowed(CUBE, exact, shown, duties) == frozenset()


def test_a_small_count_that_its_sums_would_give_away_takes_the_least_neighbour_with_it() -> None:
    exact = {Key("n", place, "q1"): n for place, n in (("a", 1), ("b", 20), ("c", 40), ("region", 61))}
    shown = protect(Cube(places=(Sum("region", ("a", "b", "c")),)), exact, fresh=exact)
    assert {key.place: figure for key, figure in shown.items()} == {"a": None, "b": None, "c": 40, "region": 60}


def test_without_small_counts_nothing_is_hidden() -> None:
    exact = table([58, 31, 0, 12])
    assert protect(CUBE, exact, fresh=exact) == {key: rounded(n) for key, n in exact.items()}


def test_what_was_released_unprotected_is_said_and_not_passed_over() -> None:
    exact = table([1, 40, 0, 40])
    shown = {key: publish_count(n) for key, n in exact.items()}
    assert Key("x", "a", "q1") in narrowed(CUBE, exact, shown)
    year = {Key(key.figure, key.place, "y"): n for key, n in exact.items()}
    cube = Cube(CUBE.figures, CUBE.places, (Sum("y", ("q1",)),))
    with pytest.raises(UnprotectableError):
        protect(cube, exact | year, fresh=year, released=shown)


def test_what_adds_up_along_each_axis_is_an_equation() -> None:
    cube = Cube((Sum("all", ("x", "y")),), (Sum("region", ("a",)),), (Sum("y", ("q1",)),))
    keys = [Key("all", "a", "q1"), Key("x", "a", "q1"), Key("y", "a", "q1"), Key("x", "a", "y")]
    assert cube.equations(keys) == [
        Equation(keys[0], (keys[1], keys[2])),
        Equation(keys[3], (keys[1],)),
    ]
    assert cube.finest(keys) == {keys[1], keys[2]}
    assert not is_consistent(cube, dict.fromkeys(keys, 1))


def test_counts_that_nothing_ties_are_left_out_of_the_question() -> None:
    keys = [*table([1, 2, 3, 4], "q1"), *table([1, 2, 3, 4], "q2")]
    assert CUBE.connected(keys, [keys[0]]) == {key for key in keys if key.period == "q1"}


def test_where_the_nearest_point_is_no_table_one_is_searched_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the first solution had lain between whole numbers."""
    exact = table([4, 9, 12, 20])
    keys = sorted(exact)
    place = {key: number for number, key in enumerate(keys)}
    limits = [Limits(0, MOST) for _key in keys]
    tables = Tables(rows_of(CUBE, exact, place), np.array([exact[key] for key in keys], np.int64), limits)
    found, asked = Tables._found, list[object]()

    def between(self: Tables, solver: object) -> object:
        asked.append(solver)
        return None if len(asked) == 1 else found(self, solver)  # type: ignore[arg-type]

    monkeypatch.setattr(Tables, "_found", between)
    other = tables.one_within(place[Key("x", "a", "q1")], Limits(7, MOST))
    assert other is not None
    assert len(asked) == 2
    assert other[place[Key("x", "a", "q1")]] >= 7
    assert is_consistent(CUBE, {key: int(other[place[key]]) for key in keys})


def test_a_system_without_equations_has_every_table() -> None:
    key = Key("x", "a", "q1")
    tables = Tables(rows_of(Cube(), {key: 3}, {key: 0}), np.array([3], np.int64), [Limits(1, 7)])
    found = tables.one_within(0, Limits(7, MOST))
    assert found is not None
    assert found.tolist() == [7]
    assert tables.one_within(0, Limits(8, MOST)) is None


def test_what_everybody_knows_bounds_what_can_be_thought_possible() -> None:
    whole, parts = Key("schools", "a", "q1"), [Key(kind, "a", "q1") for kind in ("with", "without")]
    cube = Cube((Sum("schools", ("with", "without")),))
    exact = {whole: 5, parts[0]: 3, parts[1]: 2}
    shown = protect(cube, exact, fresh=parts[:1], duties=parts, public=[whole])
    assert shown == {parts[0]: None}
    assert not narrowed(cube, exact, dict.fromkeys(exact), parts, [whole])
    assert narrowed(cube, exact, {whole: None, parts[0]: None, parts[1]: None}, (), [whole]) == frozenset()
