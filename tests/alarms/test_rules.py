from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.alarms.enums import AlarmState, Step
from caseflow.alarms.rules import LATE, LONGEST_WAIT, MOVES, OPEN, TAKEN, floor_of, is_late, ladder, next_step, waited

CENTRES = st.integers(1, 8)


@given(st.none() | CENTRES, st.dictionaries(CENTRES, st.none() | CENTRES), st.none() | CENTRES)
def test_a_ladder_names_each_centre_once_begins_at_the_own_and_ends_within_the_region(
    first: int | None, following: dict[int, int | None], region: int | None
) -> None:
    rungs = ladder(first, following, region)

    assert len(rungs) == len(set(rungs))
    assert rungs[:1] == [centre for centre in (first, region) if centre][:1]
    assert region is None or region in rungs
    assert all(following.get(one) == other or other == region for one, other in pairwise(rungs))


def test_a_circle_of_centres_ends() -> None:
    assert ladder(1, {1: 2, 2: 1}, 3) == [1, 2, 3]


@given(st.floats(allow_nan=False))
def test_what_a_device_claims_to_have_waited_is_never_negative_or_absurd(claimed: float) -> None:
    claimed = max(min(claimed, 1e12), -1e12)
    assert timedelta(0) <= waited(claimed) <= LONGEST_WAIT


@pytest.mark.parametrize(
    ("name", "floor"), [("214", 2), ("1012", 10), ("101а", 1), ("12", None), ("Спортзал", None), ("99999", None)]
)
def test_a_room_number_tells_its_floor(name: str, floor: int | None) -> None:
    assert floor_of(name) == floor


def test_a_press_is_late_from_a_minute_on() -> None:
    assert not is_late(LATE - timedelta(seconds=1))
    assert is_late(LATE)


def test_the_next_steps_lead_from_the_press_to_the_end() -> None:
    state, taken = AlarmState.WAITING, []
    while step := next_step(state):
        before, after = MOVES[step]
        assert state in before
        taken.append(step)
        state = after
    assert taken == [Step.ACCEPTED, Step.DISPATCHED, Step.ARRIVED, Step.CLOSED]
    assert state == AlarmState.CLOSED


def test_nothing_leads_out_of_a_closed_alarm_and_nothing_back_to_waiting() -> None:
    assert set(OPEN) == set(AlarmState) - {AlarmState.CLOSED}
    assert all(AlarmState.CLOSED not in before for before, _after in MOVES.values())
    assert all(after != AlarmState.WAITING for _before, after in MOVES.values())
    assert set(TAKEN) == set(OPEN) - {AlarmState.WAITING}
