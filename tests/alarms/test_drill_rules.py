from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseflow.alarms.rules.drills import LATE_ROOM, REST, SOONEST, draw_moment, room_for
from caseflow.alarms.rules.figures import HIDDEN, TOO_FEW, Times, times_of
from caseflow.clocks.rules import Calendar

NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)  # a Saturday
MONTH = timedelta(days=30)
SCHOOL = Calendar(zone=UTC, holidays=frozenset({date(2026, 12, 16)}), opens_at=time(9), closes_at=time(18))


@settings(suppress_health_check=[HealthCheck.too_slow])  # what is slow is a busy machine, not three numbers
@given(begun=st.integers(0, 60), was_tested=st.booleans(), drawn=st.integers(0, 100_000))
def test_a_drill_is_drawn_into_the_hours_of_the_school_and_into_its_month(
    begun: int, was_tested: bool, drawn: int
) -> None:
    started = NOW - timedelta(days=begun)
    first, last = room_for(started_at=started, due_at=started + MONTH, was_tested=was_tested, now=NOW)
    assert NOW + SOONEST <= first < last
    assert not was_tested or first >= started + REST
    assert last <= started + MONTH or last == first + LATE_ROOM
    moment = draw_moment(first, last, SCHOOL, lambda below: drawn % below)
    assert SCHOOL.is_open(moment)
    assert moment >= first


def test_every_minute_of_the_school_s_hours_can_be_drawn() -> None:
    first, last = (
        datetime(2026, 12, 15, 17, 58, tzinfo=UTC),
        datetime(2026, 12, 17, 9, 2, tzinfo=UTC),
    )  # a holiday between
    drawn = {draw_moment(first, last, SCHOOL, partial(min, number)) for number in range(4)}
    assert {f"{moment:%d %H:%M}" for moment in drawn} == {"15 17:58", "15 17:59", "17 09:00", "17 09:01"}


def test_through_a_break_the_drill_comes_after_it() -> None:
    free = Calendar(zone=UTC, breaks=((date(2026, 11, 20), date(2027, 1, 10)),))
    assert draw_moment(NOW, NOW + timedelta(days=1), free, lambda _below: 0).date() == date(2027, 1, 11)


@given(st.lists(st.floats(0, 1e5), max_size=30), st.booleans())
def test_times_lie_between_the_shortest_and_the_longest_and_few_are_hidden(seconds: list[float], exact: bool) -> None:
    told = times_of(seconds, exact=exact)
    if not seconds or (len(seconds) < TOO_FEW and not exact):
        assert told == HIDDEN
        return
    assert told.median_s is not None
    assert told.p90_s is not None
    assert round(min(seconds)) <= told.median_s <= told.p90_s <= round(max(seconds))
    assert sum(number <= told.p90_s + 0.5 for number in seconds) >= 0.9 * len(seconds)


def test_the_figures_of_ten_known_answers() -> None:
    assert times_of([10, 1, 2, 3, 4, 5, 6, 7, 8, 9], exact=False) == Times(6, 9)
    assert times_of([30], exact=True) == Times(30, 30)
    assert times_of([10, 30, 20], exact=True) == Times(20, 30)
