from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseflow.clocks.rules import Calendar, add_working_time, due_time, read_clock, warn_time

ALMATY = ZoneInfo("Asia/Almaty")
FREE = frozenset({date(2026, 9, 9), date(2026, 9, 14)})
BREAK = ((date(2026, 9, 21), date(2026, 9, 23)),)
MINUTE = timedelta(minutes=1)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 9, day, hour, minute, tzinfo=ALMATY)


calendars = st.builds(
    Calendar,
    zone=st.just(ALMATY),
    holidays=st.sampled_from([frozenset(), FREE]),
    breaks=st.sampled_from([(), BREAK]),
    six_day_week=st.booleans(),
    opens_at=st.sampled_from([time(8, 30), time(9)]),
    closes_at=st.sampled_from([time(13), time(18)]),
)
starts = st.integers(0, 26 * 24 * 60).map(lambda minutes: datetime(2026, 8, 31, tzinfo=ALMATY) + minutes * MINUTE)


def minute_by_minute(start: datetime, minutes: int, calendar: Calendar) -> datetime:
    """Walk through time and count the minutes that are worked."""
    moment, left = start, minutes
    while left or not _worked(moment, calendar):
        if _worked(moment, calendar):
            left -= 1
            if not left:
                return moment + MINUTE
        moment += MINUTE
    return moment


def _worked(moment: datetime, calendar: Calendar) -> bool:
    day, last = moment.date(), 6 if calendar.six_day_week else 5
    off = day in calendar.holidays or any(first <= day <= end for first, end in calendar.breaks)
    return day.isoweekday() <= last and not off and calendar.opens_at <= moment.time() < calendar.closes_at


@settings(max_examples=60, deadline=None)
@given(starts, st.integers(1, 4 * 9 * 60), calendars)
def test_working_time_equals_counting_minute_by_minute(start: datetime, minutes: int, calendar: Calendar) -> None:
    assert add_working_time(start, minutes * MINUTE, calendar) == minute_by_minute(start, minutes, calendar)


@settings(max_examples=100, deadline=None)
@given(starts, st.integers(1, 2000), st.integers(1, 2000), calendars)
def test_working_time_adds_up(start: datetime, first: int, second: int, calendar: Calendar) -> None:
    midway = add_working_time(start, first * MINUTE, calendar)

    at_once = add_working_time(start, (first + second) * MINUTE, calendar)

    assert add_working_time(midway, second * MINUTE, calendar) == at_once


CALENDAR = Calendar(ALMATY, FREE, BREAK)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (at(7, 10), at(8, 10)),
        (at(7, 9), at(7, 18)),
        (at(8, 10), at(10, 10)),  # over the holiday of the 9th
        (at(11, 10), at(15, 10)),  # over a weekend and the holiday of the 14th
        (at(18, 17), at(24, 17)),  # over a weekend and the break
        (at(12, 3), at(15, 18)),  # begun on a Saturday night: counts from the next opening
    ],
)
def test_one_school_day_ends_at_the_same_hour_of_the_next_one(start: datetime, due: datetime) -> None:
    assert due_time(start, 1, "days", "school", CALENDAR) == due


def test_six_day_schools_work_on_saturday() -> None:
    six = Calendar(ALMATY, six_day_week=True)

    assert due_time(at(4, 17), 2, "hours", "school", six) == at(5, 10)
    assert due_time(at(4, 17), 2, "hours", "school", Calendar(ALMATY)) == at(7, 10)


def test_wall_time_runs_through_nights_and_holidays() -> None:
    assert due_time(at(8, 20), 24, "hours", "wall", CALENDAR) == at(9, 20)
    assert due_time(at(8, 20), 30, "seconds", "wall", CALENDAR) == at(8, 20) + timedelta(seconds=30)


def test_the_same_day_ends_at_local_midnight() -> None:
    late_in_utc = datetime(2026, 9, 8, 18, 30, tzinfo=UTC)  # 23:30 in Almaty

    assert due_time(late_in_utc, 0, "days", "wall", CALENDAR) == at(9, 0)
    assert due_time(at(8, 8), 0, "days", "wall", CALENDAR) == at(9, 0)


def test_the_warning_comes_after_three_quarters_of_what_counts() -> None:
    due = due_time(at(18, 9), 2, "days", "school", CALENDAR)

    assert warn_time(at(18, 9), due, 2, "days", "school", CALENDAR) == at(24, 13, 30)
    assert warn_time(at(1, 0), at(1, 4), 4, "hours", "wall", CALENDAR) == at(1, 3)


@pytest.mark.parametrize(
    ("now", "stopped", "state", "left", "share"),
    [
        (at(1, 10), None, "running", 7200, 0.0),
        (at(1, 11), None, "running", 3600, 0.5),
        (at(1, 11, 30), None, "soon", 1800, 0.75),
        (at(1, 11, 45), None, "soon", 900, 0.875),
        (at(1, 12), None, "soon", 0, 1.0),
        (at(1, 13), None, "late", -3600, 1.0),
        (at(1, 13), at(1, 11), "done", 3600, 0.5),
    ],
)
def test_a_clock_reads(now: datetime, stopped: datetime | None, state: str, left: int, share: float) -> None:
    read = read_clock(started_at=at(1, 10), warn_at=at(1, 11, 30), due_at=at(1, 12), stopped_at=stopped, now=now)

    assert read.state.value == state
    assert read.seconds_left == left
    assert read.share_used == pytest.approx(share)
