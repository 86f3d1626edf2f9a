"""Whom a centre may name as the next one: every ladder of up to four centres is tried."""

from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.alarms.rules.centres import ARRIVAL_MINUTES, closes_circle

Following = Mapping[int, int | None]


def comes_back(following: Following) -> bool:
    """Whether somebody who goes from one centre to the next can walk for ever."""

    def walks_for_ever(at: int | None) -> bool:
        for _ in range(len(following) + 1):
            at = following.get(at) if at is not None else None
        return at is not None

    return any(walks_for_ever(start) for start in following)


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_a_next_centre_is_refused_exactly_where_alarms_would_come_back(size: int) -> None:
    nexts = [[None, *range(size)] for _ in range(size)]
    ladders = [dict(enumerate(chosen)) for chosen in product(*nexts)]
    tried = 0
    for following in (each for each in ladders if not comes_back(each)):
        for centre, follows in product(range(size), repeat=2):
            tried += 1
            assert closes_circle(centre, follows, following) == comes_back({**following, centre: follows})
    assert tried == {1: 1, 2: 12, 3: 144, 4: 2000}[size]


CENTRES = st.integers(0, 30)


@given(st.lists(st.tuples(CENTRES, CENTRES), max_size=60))
def test_whatever_is_named_one_after_the_other_no_alarm_goes_in_a_circle(named: list[tuple[int, int]]) -> None:
    following: dict[int, int | None] = {}
    for centre, follows in named:
        if not closes_circle(centre, follows, following):
            following[centre] = follows
    assert not comes_back(following)


def test_a_patrol_may_take_from_one_minute_to_two_hours() -> None:
    assert (ARRIVAL_MINUTES[0], ARRIVAL_MINUTES[-1]) == (1, 120)
