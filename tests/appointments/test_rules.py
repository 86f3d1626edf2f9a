"""When an appointment may be, what may become of it, and where a calendar has room."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.appointments.enums import AppointmentKind, AppointmentState
from caseflow.appointments.rules import (
    Plan,
    apart,
    at_time,
    carried,
    free_starts,
    hours_shown,
    is_unanswered,
    may_become,
    overlap,
    weekly,
)

ALMATY, BERLIN = ZoneInfo("Asia/Almaty"), ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 11, 30, 12, tzinfo=ALMATY)
PLANNED, HELD = AppointmentState.PLANNED, AppointmentState.HELD
NOT_COME, CALLED_OFF = AppointmentState.NOT_COME, AppointmentState.CALLED_OFF
HOUR = timedelta(hours=1)
minutes = st.integers(0, 600)


def moment(after_noon: int) -> datetime:
    return NOON + timedelta(minutes=after_noon)


@given(state=st.sampled_from([HELD, NOT_COME, CALLED_OFF]), target=st.sampled_from(AppointmentState), now=minutes)
def test_an_answer_is_final(state: str, target: str, now: int) -> None:
    assert not may_become(state, target, starts_at=NOON, now=moment(now))


@given(target=st.sampled_from([HELD, NOT_COME]), now=st.integers(-600, 600))
def test_what_came_of_it_is_said_once_it_has_begun(target: str, now: int) -> None:
    assert may_become(PLANNED, target, starts_at=NOON, now=moment(now)) == (now >= 0)


@given(target=st.sampled_from([CALLED_OFF, PLANNED]), now=st.integers(-600, 600))
def test_it_is_called_off_or_moved_at_any_time(target: str, now: int) -> None:
    assert may_become(PLANNED, target, starts_at=NOON, now=moment(now))


@pytest.mark.parametrize(
    ("state", "over_since", "asked"),
    [(PLANNED, 0, True), (PLANNED, -1, False), (HELD, 60, False), (NOT_COME, 60, False), (CALLED_OFF, 60, False)],
)
def test_what_is_over_and_unanswered_is_asked_about(state: str, over_since: int, *, asked: bool) -> None:
    assert is_unanswered(state, ends_at=NOON, now=moment(over_since)) is asked


@given(a=minutes, b=minutes, c=minutes, d=minutes)
def test_spans_overlap_where_they_share_a_minute(a: int, b: int, c: int, d: int) -> None:
    one, other = sorted((a, b)), sorted((c, d))
    shared = set(range(*one)) & set(range(*other))
    spans = [(moment(begins), moment(ends)) for begins, ends in (one, other)]
    if one[0] < one[1] and other[0] < other[1]:
        assert overlap(spans[0], spans[1]) == bool(shared)
        assert overlap(spans[1], spans[0]) == bool(shared)


def test_a_plan_ends_after_its_minutes_and_counts_its_people() -> None:
    plan = Plan(NOON, 45, AppointmentKind.MEETING, members=(1, 2))
    assert (plan.ends_at, plan.people_count) == (moment(45), 2)


@given(last=st.integers(-30, 300), off=st.sets(st.integers(0, 45)))
def test_a_series_has_each_week_that_counts_and_always_its_first(last: int, off: set[int]) -> None:
    first = date(2026, 9, 7)
    free = {first + timedelta(weeks=week) for week in off}
    days = weekly(first, first + timedelta(days=last), lambda day: day not in free)
    assert days[0] == first
    assert {day.weekday() for day in days} == {first.weekday()}
    assert all(day <= first + timedelta(days=last) and day not in free for day in days[1:])
    assert len(days) == 1 + sum(1 for week in range(1, max(last, 0) // 7 + 1) if week not in off)


def test_a_series_keeps_its_time_of_the_clock_over_a_change_of_it() -> None:
    summer = datetime(2026, 10, 20, 10, tzinfo=BERLIN)
    winter = at_time(summer.astimezone(UTC), date(2026, 10, 27), BERLIN)
    assert (winter.hour, winter.utcoffset()) == (10, HOUR)


@given(days=st.integers(-30, 30), minute=st.integers(0, 1439), weeks=st.integers(0, 30))
def test_what_follows_is_carried_as_many_days_on_and_to_the_new_time(days: int, minute: int, weeks: int) -> None:
    new = datetime.combine(NOON.date() + timedelta(days=days), time(*divmod(minute, 60)), ALMATY)
    later = NOON + timedelta(weeks=weeks)
    gone = carried(later, NOON, new, ALMATY)
    assert (gone - new, gone.time()) == (timedelta(weeks=weeks), new.time())


spans = st.lists(st.tuples(st.integers(0, 119), st.integers(1, 36)), max_size=6)


@given(busy=spans, length=st.integers(1, 24))
def test_every_time_offered_is_free_and_no_free_one_is_left_out(busy: list[tuple[int, int]], length: int) -> None:
    taken = [(moment(5 * begins), moment(5 * (begins + lasts))) for begins, lasts in busy]
    window = (NOON, moment(600))
    offered = free_starts(window, taken, 5 * length)
    every = [moment(5 * step) for step in range(121)]
    ends = timedelta(minutes=5 * length)
    free = [
        start
        for start in every
        if start + ends <= window[1] and not any(overlap((start, start + ends), t) for t in taken)
    ]
    assert offered == free


def test_busy_times_that_end_between_two_steps_are_passed_over() -> None:
    assert free_starts((NOON, moment(20)), [(NOON, moment(7))], 10) == [moment(10)]


def test_an_offer_holds_times_that_differ() -> None:
    assert apart([moment(m) for m in (0, 5, 30, 35, 61, 95)], 30, 3) == [moment(0), moment(30), moment(61)]


def test_the_hours_shown_are_the_working_ones_and_what_lies_beyond() -> None:
    at_work = hours_shown(time(9), time(18), [])
    assert (at_work.first, at_work.last, at_work.labels[:2], len(at_work.labels)) == (
        9,
        18,
        [(time(9), 1), (time(10), 13)],
        9,
    )
    early = (datetime(2026, 11, 30, 7, 30, tzinfo=ALMATY), datetime(2026, 11, 30, 8, tzinfo=ALMATY))
    late = (datetime(2026, 11, 30, 19, tzinfo=ALMATY), datetime(2026, 11, 30, 19, 20, tzinfo=ALMATY))
    wide = hours_shown(time(9), time(17, 30), [early, late])
    assert (wide.first, wide.last) == (7, 20)
    assert hours_shown(time(9), time(17, 30), []).last == 18
    assert wide.row(early[0]) == 7
