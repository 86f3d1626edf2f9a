"""Pauses and extensions against a slow calendar of our own: it walks from minute to minute, or from day to day."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseflow.clocks.rules import Calendar, after_pause, due_time, extended, limits, read_clock, time_between, warn_time

ALMATY = ZoneInfo("Asia/Almaty")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MONDAY = datetime(2026, 8, 31, tzinfo=ALMATY)
HOLIDAYS = frozenset({date(2026, 9, 1), date(2026, 9, 9), date(2026, 9, 14)})
BREAKS = ((date(2026, 9, 4), date(2026, 9, 6)), (date(2026, 9, 21), date(2026, 9, 23)))
Pauses = list[tuple[datetime, datetime]]

calendars = st.builds(
    Calendar,
    zone=st.just(ALMATY),
    holidays=st.sampled_from([frozenset(), HOLIDAYS]),
    breaks=st.sampled_from([(), BREAKS]),
    six_day_week=st.booleans(),
    opens_at=st.sampled_from([time(8, 30), time(9)]),
    closes_at=st.sampled_from([time(10), time(11, 15)]),
)
starts = st.integers(0, 10 * 24 * 60).map(lambda minutes: MONDAY + minutes * MINUTE)
bases = st.sampled_from(["wall", "working", "school"])
gaps = st.lists(st.tuples(st.integers(1, 1500), st.integers(1, 4000)), max_size=3)


def is_worked(moment: datetime, basis: str, calendar: Calendar) -> bool:
    """The reference: whether the minute that begins then counts."""
    if basis == "wall":
        return True
    return is_school_day(moment.date(), calendar) and calendar.opens_at <= moment.time() < calendar.closes_at


def is_school_day(day: date, calendar: Calendar) -> bool:
    if day.isoweekday() > (6 if calendar.six_day_week else 5) or day in calendar.holidays:
        return False
    return not any(first <= day <= last for first, last in calendar.breaks)


def walked(start: datetime, minutes: int, pauses: Pauses, basis: str, calendar: Calendar) -> datetime:
    """The reference: the end of the minute in which the last of `minutes` is used up, none of them in a pause."""
    moment, left = start, minutes
    while True:
        stands = any(begun <= moment < ended for begun, ended in pauses)
        if not stands and is_worked(moment, basis, calendar):
            left -= 1
            if not left:
                return moment + MINUTE
        moment += MINUTE


def stepped(start: datetime, gaps: list[tuple[int, int]]) -> Pauses:
    """Pauses one after the other, as (minutes after the last one, minutes long)."""
    pauses, at = [], start
    for wait, length in gaps:
        begun = at + wait * MINUTE
        at = begun + length * MINUTE
        pauses.append((begun, at))
    return pauses


def through(due: datetime, pauses: Pauses, basis: str, calendar: Calendar) -> datetime:
    """What the rules make of the pauses, each at its time; none begins after the end."""
    for begun, ended in pauses:
        if begun < due:
            due = after_pause(due, begun, ended, basis, calendar)
    return due


@settings(max_examples=60, deadline=None)
@given(starts, st.integers(1, 400), gaps, bases, calendars)
def test_a_paused_clock_ends_when_its_minutes_are_used_up_one_by_one(
    start: datetime, minutes: int, gaps: list[tuple[int, int]], basis: str, calendar: Calendar
) -> None:
    due = due_time(start, minutes, "minutes", basis, calendar)
    pauses = stepped(start, gaps)

    moved = through(due, pauses, basis, calendar)

    assert moved == walked(start, minutes, [each for each in pauses if each[0] < moved], basis, calendar)


@settings(max_examples=60, deadline=None)
@given(starts, st.integers(4, 400), st.integers(1, 600), gaps, bases, calendars)
def test_an_extension_adds_its_minutes_wherever_the_pauses_lie(
    start: datetime, minutes: int, more: int, gaps: list[tuple[int, int]], basis: str, calendar: Calendar
) -> None:
    due = extended(due_time(start, minutes, "minutes", basis, calendar), more, "minutes", basis, calendar)
    pauses = stepped(start, gaps)

    moved = through(due, pauses, basis, calendar)

    assert moved == walked(start, minutes + more, [each for each in pauses if each[0] < moved], basis, calendar)


@settings(max_examples=60, deadline=None)
@given(starts, st.integers(0, 6000), bases, calendars)
def test_the_time_between_is_what_is_counted_minute_by_minute(
    start: datetime, minutes: int, basis: str, calendar: Calendar
) -> None:
    counted = sum(is_worked(start + number * MINUTE, basis, calendar) for number in range(minutes))

    assert time_between(start, start + minutes * MINUTE, basis, calendar) == counted * MINUTE
    assert time_between(start + minutes * MINUTE, start, basis, calendar) == timedelta(0)


@settings(max_examples=60, deadline=None)
@given(starts, st.integers(1, 12), st.integers(0, 9), st.sampled_from(["working", "school"]), calendars)
def test_whole_days_are_counted_day_by_day(
    start: datetime, days: int, more: int, basis: str, calendar: Calendar
) -> None:
    """From a moment within working hours a term of days ends at the same hour of the day that is reached."""
    begun = calendar.hours_of(start.date())[0] + MINUTE
    while not is_school_day(begun.date(), calendar):
        begun += DAY
    reached, left = begun, days + more
    while left:
        reached += DAY
        left -= is_school_day(reached.date(), calendar)

    due = due_time(begun, days, "days", basis, calendar)

    assert extended(due, more, "days", basis, calendar) == reached


@settings(max_examples=60, deadline=None)
@given(starts, st.integers(1, 8), st.sampled_from(["hours", "days"]), gaps, bases, calendars)
def test_the_warning_keeps_its_distance_from_the_end_whatever_is_paused(
    start: datetime, amount: int, unit: str, gaps: list[tuple[int, int]], basis: str, calendar: Calendar
) -> None:
    due = due_time(start, amount, unit, basis, calendar)
    warn = warn_time(start, due, amount, unit, basis, calendar)
    for begun, ended in stepped(start, gaps):
        if begun < due:
            before, warned = time_between(warn, due, basis, calendar), warn <= begun
            warn, due = (after_pause(at, begun, ended, basis, calendar) for at in (warn, due))
            assert start <= warn <= due
            assert warned or time_between(warn, due, basis, calendar) == before


def test_a_pause_on_a_free_day_changes_nothing() -> None:
    calendar = Calendar(ALMATY)
    saturday, due = datetime(2026, 9, 5, 10, tzinfo=ALMATY), datetime(2026, 9, 7, 10, tzinfo=ALMATY)

    assert after_pause(due, saturday, saturday + DAY, "school", calendar) == due
    assert after_pause(due, saturday, saturday + DAY, "wall", calendar) == due + DAY


@pytest.mark.parametrize(("stopped", "state"), [(None, "paused"), (MONDAY + MINUTE, "done")])
def test_a_standing_clock_reads_as_paused_until_it_is_stopped(stopped: datetime | None, state: str) -> None:
    read = read_clock(
        started_at=MONDAY,
        warn_at=MONDAY + 6 * MINUTE,
        due_at=MONDAY + 8 * MINUTE,
        stopped_at=stopped,
        now=MONDAY + 2 * MINUTE,
        paused=True,
    )

    assert read.state.value == state


@pytest.mark.parametrize(
    ("paused", "used", "left"),
    [
        (0, 0, (14, 5, 3)),
        (4, 2, (10, 3, 1)),
        (20, 3, (0, 2, 0)),
        (0, 9, (14, 0, 0)),
    ],
)
def test_what_is_left_of_the_limits_of_a_term(paused: int, used: int, left: tuple[int, int, int]) -> None:
    """Three days, may stand for fourteen and be extended by five."""
    found = limits(longest_pause=14, paused=paused * DAY, longest_extension=5, extended=used, amount=3)

    assert (found.pause / DAY, found.extension, found.own_extension) == left
