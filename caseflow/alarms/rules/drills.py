"""When a drill is held. Pure; which press is one is decided where it is stored, in `drilling.hold_drills`."""

from collections.abc import Callable
from datetime import datetime, timedelta

from caseflow.clocks.rules import Calendar

SOONEST = timedelta(hours=1)  # from the planning to the drill, so that the officer can get there
REST = timedelta(days=7)  # after a test, so that the next one does not come the day after
RESERVE = timedelta(days=2)  # before the end of the month, so that a drill that failed can be held again
LATE_ROOM = timedelta(days=5)  # in which a drill is drawn whose month is over
MINUTE = timedelta(minutes=1)


def room_for(*, started_at: datetime, due_at: datetime, was_tested: bool, now: datetime) -> tuple[datetime, datetime]:
    """Between which moments the next drill is drawn, from the running month of a button's test."""
    first = max(now + SOONEST, started_at + REST if was_tested else now + SOONEST)
    last = due_at - RESERVE
    return (first, last) if last - first > timedelta(days=1) else (first, first + LATE_ROOM)


def draw_moment(first: datetime, last: datetime, calendar: Calendar, below: Callable[[int], int]) -> datetime:
    """A minute of the school's hours between the two, each as likely as any other; `below(n)` draws from 0 to n - 1.

    Where none lies between them, the room grows until one does: a break ends.
    """
    while True:
        spans = _spans(first, last, calendar)
        minutes = sum(length for _begin, length in spans)
        if minutes:
            break
        last += LATE_ROOM
    drawn = below(minutes)
    for begin, length in spans:
        if drawn < length:
            return begin + drawn * MINUTE
        drawn -= length
    raise ValueError(minutes)  # pragma: no cover  what is below the sum lies in one of the spans


def _spans(first: datetime, last: datetime, calendar: Calendar) -> list[tuple[datetime, int]]:
    """The school's hours within the two moments: when each begins, and how many whole minutes it has."""
    day, end, spans = first.astimezone(calendar.zone).date(), last.astimezone(calendar.zone).date(), []
    while day <= end:
        opens, closes = calendar.hours_of(day)
        begin, until = max(opens, first), min(closes, last)
        if calendar.counts(day) and until > begin:
            spans.append((begin, (until - begin) // MINUTE))
        day += timedelta(days=1)
    return spans
