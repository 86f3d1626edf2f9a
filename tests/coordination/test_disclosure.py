"""Small counts stay hidden, whatever is subtracted from whatever (rule 22)."""

from itertools import chain, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseflow.coordination.disclosure import (
    SMALL,
    PublishedSum,
    change_percent,
    known_bounds,
    publish_beside,
    publish_count,
    publish_sum,
    rounded,
    share_percent,
)

columns = st.lists(st.integers(0, 60) | st.integers(0, 9), min_size=1, max_size=7)


@given(columns)
def test_no_small_count_is_shown(counts: list[int]) -> None:
    shown = publish_sum(counts)
    assert all(cell is None for cell, count in zip(shown.cells, counts, strict=True) if count in SMALL)
    assert sum(counts) not in SMALL or shown.total is None


@given(columns)
def test_what_is_shown_is_the_count_rounded_to_five(counts: list[int]) -> None:
    shown = publish_sum(counts)
    assert all(cell in (None, rounded(count)) for cell, count in zip(shown.cells, counts, strict=True))
    assert shown.total in (None, rounded(sum(counts)))


def every_solution(counts: list[int], shown: PublishedSum, most: int = 25) -> list[tuple[int, ...]]:
    """All tables a reader could believe in, by brute force, knowing which hidden cells are small."""
    tables: list[tuple[int, ...]] = [()]
    for count, cell in zip(counts, shown.cells, strict=True):
        if cell is not None:
            possible = [n for n in range(cell - 2, cell + 3) if n >= 0 and n not in SMALL and rounded(n) == cell]
        else:
            possible = list(SMALL) if count in SMALL else list(range(most + 1))
        tables = [(*table, n) for table in tables for n in possible]
    return [table for table in tables if shown.total is None or rounded(sum(table)) == shown.total]


@given(st.lists(st.integers(0, 20), min_size=1, max_size=3))
def test_a_reader_who_tries_every_table_cannot_narrow_a_small_count(counts: list[int]) -> None:
    shown = publish_sum(counts)
    tables = every_solution(counts, shown)
    assert tuple(counts) in tables
    for place, count in enumerate(counts):
        if count in SMALL:
            assert {table[place] for table in tables} == set(SMALL)


@given(columns)
def test_the_bounds_a_reader_can_know_cover_one_to_seven(counts: list[int]) -> None:
    for bounds, count in zip(known_bounds(counts, publish_sum(counts)), counts, strict=True):
        if count in SMALL:
            assert (bounds.low, bounds.high) == (1, 7)


def test_a_total_that_would_give_a_small_count_away_takes_a_neighbour_with_it() -> None:
    assert publish_sum([1, 20, 40]) == PublishedSum((None, None, 40), 60)


def test_a_lone_small_count_hides_its_total() -> None:
    assert publish_sum([0, 3, 0]) == PublishedSum((0, None, 0), None)


def test_without_small_counts_nothing_is_hidden() -> None:
    assert publish_sum([58, 31, 19, 12, 9, 0]) == PublishedSum((60, 30, 20, 10, 10, 0), 130)


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (1, None), (7, None), (8, 10), (12, 10), (13, 15), (198, 200)])
def test_a_single_count(count: int, shown: int | None) -> None:
    assert publish_count(count) == shown


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [
        (45, 60, 75),
        (5, 10, 50),
        (5, 5, None),
        (None, 60, None),
        (45, None, None),
        (60, 60, None),
        (0, 60, None),
        (5, 100, None),
    ],
)
def test_a_share_is_whole_and_never_near_none_or_all(part: int | None, whole: int | None, percent: int | None) -> None:
    assert share_percent(part, whole) == percent


@pytest.mark.parametrize(
    ("now", "before", "percent"), [(145, 200, -27), (40, 35, 14), (10, 5, None), (None, 35, None), (0, 10, -100)]
)
def test_a_change_comes_from_published_figures(now: int | None, before: int | None, percent: int | None) -> None:
    assert change_percent(now, before) == percent


small_tables = st.lists(st.integers(0, 14), min_size=1, max_size=3).map(lambda counts: [[n] for n in counts])
small_tables |= st.lists(st.integers(0, 14), min_size=2, max_size=2).map(lambda counts: [counts])


@settings(deadline=None, max_examples=60)  # every table is tried, and there are up to a million
@given(small_tables, st.data())
def test_a_reader_of_all_divisions_together_cannot_narrow_a_small_count(
    sums: list[list[int]], data: st.DataObject
) -> None:
    """By brute force over every table that fits all that is shown."""
    whole = sum(map(sum, sums))
    divisions = {name: (cut := data.draw(st.integers(0, whole)), whole - cut) for name in ("first", "second")}
    beside = publish_beside([(counts, publish_sum(counts)) for counts in sums], divisions)
    one_sum = [every_solution(counts, publish_sum(counts), whole + 10) for counts in sums]
    tables = [((*chain(*table),), sum(map(sum, table))) for table in product(*one_sum)]
    shown = [
        (divisions[name], every_solution([*divisions[name]], each, whole + 10)) for name, each in beside.items() if each
    ]
    views = [([*chain(*sums)], tables), *(([*c], [(table, sum(table)) for table in found]) for c, found in shown)]
    possible = set.intersection(*({total for _table, total in found} for _counts, found in views))
    for counts, found in views:
        for place, count in enumerate(counts):
            if count in SMALL:
                assert {table[place] for table, total in found if total in possible} == set(SMALL)


def test_a_share_that_gives_a_lone_small_kind_away_is_not_shown() -> None:
    """Twenty of one kind are shown, the other is hidden: a total of thirty says that it is six or seven."""
    told = publish_beside([(counts, publish_sum(counts)) for counts in [[22], [6]]], {"in_time": [14, 14]})
    assert told == {"in_time": None}
    told = publish_beside([(counts, publish_sum(counts)) for counts in [[22, 14], [19, 33]]], {"in_time": [44, 44]})
    assert told == {"in_time": PublishedSum((45, 45), 90)}


def test_of_two_divisions_that_tell_too_much_together_the_first_is_shown() -> None:
    """Two kinds of 25 and 26, shown as 25 each, are 46 to 54; all shown as 45 leaves 46 or 47."""
    kinds = [([23], publish_sum([23])), ([24], publish_sum([24]))]
    assert publish_beside(kinds, {"psychological": [47], "legal": [40, 7]}) == {
        "psychological": PublishedSum((45,), 45),
        "legal": None,
    }
