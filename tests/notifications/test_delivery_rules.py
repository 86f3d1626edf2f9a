from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.enums import AlertKind, Channel, Urgency, urgency_of
from notifications.rules import (
    BACK_OFF_S,
    Quiet,
    channel_after,
    first_channels,
    pause_after,
    reachable_at,
)

ZONE = ZoneInfo("Asia/Almaty")
NIGHT = Quiet(time(20), time(8))
ALL = (Channel.PUSH, Channel.EMAIL, Channel.SMS)


def works(day: date) -> bool:
    return day.weekday() < 5


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026, whose 2nd is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


# Urgency


def test_whatever_is_named_alarm_is_one() -> None:
    assert urgency_of("alarm_pressed") == Urgency.ALARM
    assert urgency_of("alarm") == Urgency.ALARM


def test_some_kinds_are_urgent_and_the_rest_are_not() -> None:
    assert {kind for kind in AlertKind if urgency_of(kind) == Urgency.URGENT} >= {"incident_new", "deadline_missed"}
    assert urgency_of(AlertKind.TASK_ASSIGNED) == Urgency.NORMAL


# The next try


@pytest.mark.parametrize(("attempts", "pause_s"), [*enumerate((10, 30, 120, 600, 3600), start=1)])
def test_each_failure_waits_longer(attempts: int, pause_s: int) -> None:
    assert pause_after(attempts, 0.5) == timedelta(seconds=pause_s)


def test_after_the_sixth_failure_there_is_no_more_try() -> None:
    assert pause_after(len(BACK_OFF_S) + 1, 0.5) is None


@given(st.integers(1, 5), st.floats(0, 1, exclude_max=True), st.floats(0, 1e9))
def test_a_pause_is_spread_by_a_fifth_and_never_longer_than_an_hour_for_the_service(
    attempts: int, dice: float, asked_s: float
) -> None:
    pause = pause_after(attempts, dice, asked_s)
    assert pause is not None
    usual = BACK_OFF_S[attempts - 1]
    assert max(0.8 * usual, min(asked_s, 3600)) - 0.001 <= pause.total_seconds() <= max(1.2 * usual, 3600)


# Channels


def test_an_alarm_goes_out_by_every_wanted_channel_others_by_the_first() -> None:
    wanted = (Channel.EMAIL, Channel.SMS)
    assert first_channels(wanted, Urgency.ALARM) == wanted
    assert first_channels(wanted, Urgency.URGENT) == (Channel.EMAIL,)
    assert first_channels((), Urgency.ALARM) == ()


@pytest.mark.parametrize(
    ("failed", "wanted", "next_one"),
    [
        (Channel.PUSH, ALL, Channel.EMAIL),
        (Channel.PUSH, (Channel.PUSH, Channel.SMS), Channel.SMS),
        (Channel.EMAIL, ALL, Channel.SMS),
        (Channel.SMS, ALL, None),
        (Channel.PUSH, (Channel.PUSH,), None),
        (Channel.PUSH, (Channel.EMAIL,), Channel.EMAIL),  # switched off meanwhile
    ],
)
def test_the_next_wanted_channel_follows(
    failed: Channel, wanted: tuple[Channel, ...], next_one: Channel | None
) -> None:
    assert channel_after(failed, wanted) == next_one


# Quiet


@pytest.mark.parametrize(
    ("quiet", "now", "reachable"),
    [
        (Quiet(), at(2, 3), at(2, 3)),
        (NIGHT, at(2, 19, 59), at(2, 19, 59)),
        (NIGHT, at(2, 20), at(3, 8)),
        (NIGHT, at(3, 3), at(3, 8)),
        (NIGHT, at(3, 8), at(3, 8)),
        (Quiet(time(13), time(14)), at(2, 13, 30), at(2, 14)),
        (Quiet(working_days_only=True), at(7, 12), at(9, 0)),
        (Quiet(time(20), time(8), working_days_only=True), at(6, 21), at(9, 8)),
        (Quiet(time(20), time(8), working_days_only=True), at(8, 12), at(9, 8)),
    ],
)
def test_a_normal_alert_waits_until_quiet_is_over(quiet: Quiet, now: datetime, reachable: datetime) -> None:
    assert reachable_at(quiet, Urgency.NORMAL, now, works) == reachable


times = st.times(min_value=time(), max_value=time(23, 59)).map(lambda each: each.replace(microsecond=0, second=0))
moments = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: at(1, 0) + timedelta(minutes=minutes))
quiets = st.builds(Quiet, times, times, st.booleans(), st.booleans())


@given(quiets, moments)
def test_nothing_ever_holds_an_alarm_back(quiet: Quiet, now: datetime) -> None:
    assert reachable_at(quiet, Urgency.ALARM, now, lambda _day: False) == now


@given(quiets, moments)
def test_an_urgent_alert_is_held_back_unless_the_person_chose_otherwise(quiet: Quiet, now: datetime) -> None:
    found = reachable_at(quiet, Urgency.URGENT, now, works)
    assert found == (now if quiet.urgent_always else reachable_at(quiet, Urgency.NORMAL, now, works))


@given(quiets, moments)
def test_the_moment_found_is_the_first_that_is_not_quiet(quiet: Quiet, now: datetime) -> None:
    def is_quiet(moment: datetime) -> bool:
        return quiet.covers(moment.time()) or (quiet.working_days_only and not works(moment.date()))

    found = reachable_at(quiet, Urgency.NORMAL, now, works)
    assert found >= now
    assert not is_quiet(found)
    before = [now + (found - now) * share / 50 for share in range(50)] if found > now else []
    assert all(is_quiet(moment) for moment in before)


def test_an_endless_holiday_ends_after_a_month() -> None:
    found = reachable_at(Quiet(working_days_only=True), Urgency.NORMAL, at(2, 12), lambda _day: False)
    assert timedelta(days=29) < found - at(2, 12) < timedelta(days=31)
