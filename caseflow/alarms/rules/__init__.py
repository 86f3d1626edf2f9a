"""How an alarm moves on, when a press is late, and whom it calls next. Pure."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta

from caseflow.alarms.enums import AlarmState, Step

LATE = timedelta(seconds=60)  # a press that reached us later than this asks whether help is still needed
FLOORS = range(-2, 30)
LONGEST_WAIT = timedelta(days=30)  # what a device with a wrong clock may claim to have waited

OPEN = (AlarmState.WAITING, AlarmState.ACCEPTED, AlarmState.DISPATCHED, AlarmState.ARRIVED)
TAKEN = (AlarmState.ACCEPTED, AlarmState.DISPATCHED, AlarmState.ARRIVED)

# From which states a step is taken, and where it leads. A patrol may meet the caller before anybody said it was sent.
MOVES: Mapping[Step, tuple[tuple[AlarmState, ...], AlarmState]] = {
    Step.ACCEPTED: ((AlarmState.WAITING,), AlarmState.ACCEPTED),
    Step.DISPATCHED: ((AlarmState.ACCEPTED,), AlarmState.DISPATCHED),
    Step.ARRIVED: ((AlarmState.ACCEPTED, AlarmState.DISPATCHED), AlarmState.ARRIVED),
    Step.CLOSED: (TAKEN, AlarmState.CLOSED),
}


def waited(claimed_s: float) -> timedelta:
    """How long a press lay on the device, from what the device says: never negative, never absurd."""
    return min(max(timedelta(0), timedelta(seconds=claimed_s)), LONGEST_WAIT)


def is_late(waiting: timedelta) -> bool:
    """Whether the press comes so late that the presser is asked whether help is still needed."""
    return waiting >= LATE


def floor_of(room_name: str) -> int | None:
    """The floor that a room's number tells: the hundreds of "214"; None for a name or a shorter number."""
    number = re.match(r"\d+", room_name)
    return int(number[0]) // 100 if number and len(number[0]) >= 3 and int(number[0]) // 100 in FLOORS else None


def next_step(state: str) -> Step | None:
    """The step an operator takes next."""
    return {
        AlarmState.WAITING: Step.ACCEPTED,
        AlarmState.ACCEPTED: Step.DISPATCHED,
        AlarmState.DISPATCHED: Step.ARRIVED,
        AlarmState.ARRIVED: Step.CLOSED,
    }.get(AlarmState(state))


def ladder(first: int | None, following: Mapping[int, int | None], region: int | None) -> list[int]:
    """The centres an alarm calls one after the other: the district's, those named as following, the region's.

    Each once, however the following ones are entered, a circle included.
    """
    rungs: list[int] = []
    centre = first
    while centre is not None and centre not in rungs:
        rungs.append(centre)
        centre = following.get(centre)
    return _with(rungs, region)


def _with(rungs: Sequence[int], region: int | None) -> list[int]:
    return [*rungs] if region is None or region in rungs else [*rungs, region]
