"""The chart against a pupil's own baseline, and its figures in simulation."""

from datetime import date, timedelta
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.pipeline.baseline import ChartParameters, chart, current_segment, likeliest_start
from analytics.pipeline.series import DayState, DayValue

START = date(2026, 1, 5)
CALM = [0.5, -0.5] * 10
SD = sqrt(20 * 0.25 / 19)


def day(number: int, statistic: float | None, geometry: str = "g", *, relative: bool = False) -> DayValue:
    state = DayState.INSUFFICIENT if statistic is None else DayState.VALID
    return DayValue(START + timedelta(days=number), geometry, relative, state, statistic, 0.2, 0.4, 40, 3)


def days(*statistics: float | None, geometry: str = "g") -> list[DayValue]:
    return [day(number, statistic, geometry) for number, statistic in enumerate(statistics)]


def test_twenty_valid_days_make_a_baseline() -> None:
    result = chart(days(*CALM))
    assert result.baseline
    assert (result.baseline.mean, result.baseline.sd) == pytest.approx((0.0, SD))
    assert (result.baseline.first_day, result.baseline.last_day) == (START, START + timedelta(days=19))
    assert (result.days_to_baseline, result.points, result.crossing) == (0, (), None)


def test_days_without_data_do_not_count_towards_the_baseline() -> None:
    result = chart(days(None, *CALM[:19], None))
    assert (result.baseline, result.days_to_baseline, len(result.days)) == (None, 1, 21)


def test_no_days_are_no_chart() -> None:
    result = chart([])
    assert (result.days, result.baseline, result.days_to_baseline) == ((), None, 20)


def test_the_ewma_is_smoothed_in_baseline_deviations() -> None:
    first, second = chart(days(*CALM, SD, None, 2 * SD)).points
    assert (first.z, first.ewma) == pytest.approx((1.0, 0.2))
    assert (second.z, second.ewma) == pytest.approx((2.0, 0.56))
    assert second.day == START + timedelta(days=22)


def test_the_limit_is_one_and_a_half_deviations() -> None:
    assert ChartParameters().limit_in_baseline_sd == pytest.approx(4.5 * sqrt(0.2 / 1.8)) == pytest.approx(1.5)


def test_a_lasting_shift_crosses_on_the_second_day_above_the_limit() -> None:
    result = chart(days(*CALM, *[3 * SD] * 10))
    above = [point.above_limit for point in result.points]
    assert above == [False, False, False] + [True] * 7
    assert result.crossing
    assert result.crossing.day == START + timedelta(days=24)
    assert result.crossing.since == START + timedelta(days=20)


def test_a_crossing_comes_with_effect_interval_and_coverage() -> None:
    crossing = chart(days(*CALM, -SD, 3 * SD, None, *[3 * SD] * 5)).crossing
    assert crossing
    assert crossing.since == START + timedelta(days=21)
    n1 = 5
    half = 1.959964 * sqrt(1 / 20 + 1 / n1 + 9 / 38)
    assert (crossing.effect_sd, crossing.effect_low_sd) == pytest.approx((3.0, 3.0 - half))
    assert crossing.effect_high_sd == pytest.approx(3.0 + half)
    assert crossing.coverage_share == pytest.approx(5 / 6)


def test_calm_weeks_above_the_own_mean_are_not_part_of_the_shift() -> None:
    """The EWMA stays above zero through them; the shift began with the first high day all the same."""
    crossing = chart(days(*CALM, *[0.2 * SD] * 15, *[4 * SD] * 3)).crossing
    assert crossing
    assert (crossing.since, crossing.day) == (START + timedelta(days=35), START + timedelta(days=37))
    assert crossing.effect_sd == pytest.approx(4.0)


@given(st.lists(st.integers(-40, 40), min_size=1, max_size=40))
def test_the_likeliest_start_is_the_strongest_tail(tenths: list[int]) -> None:
    distances = [tenth / 10 for tenth in tenths]

    def strength(start: int) -> float:
        tail = distances[start:]
        return max(sum(tail), 0.0) ** 2 / len(tail)

    assert strength(likeliest_start(distances)) == pytest.approx(max(map(strength, range(len(distances)))))


def test_one_day_above_the_limit_is_not_enough() -> None:
    assert chart(days(*CALM, 9 * SD, -9 * SD, 0.0)).crossing is None


def test_a_shift_downwards_never_crosses() -> None:
    assert chart(days(*CALM, *[-5 * SD] * 40)).crossing is None


def test_near_equal_days_do_not_make_every_later_one_a_shift() -> None:
    result = chart(days(*[1.0, 1.0001] * 10, *[1.02] * 20))
    assert result.baseline
    assert result.baseline.sd == 0.1
    assert result.crossing is None


def test_a_decision_begins_a_new_baseline() -> None:
    series = days(*CALM, *[3 * SD] * 30)
    decided_on = START + timedelta(days=25)
    after = chart(series, decided_on=decided_on)
    assert after.days[0].day == decided_on + timedelta(days=1)
    assert after.baseline
    assert after.baseline.mean == pytest.approx(3 * SD)
    assert after.crossing is None


@pytest.mark.parametrize(("geometry", "relative"), [("moved", False), ("g", True)])
def test_another_seat_or_another_kind_of_statistic_begins_a_new_segment(geometry: str, relative: bool) -> None:
    series = [*days(*CALM), day(20, 1.0, geometry, relative=relative), day(21, None, geometry, relative=relative)]
    assert [value.day for value in current_segment(series, None)] == [START + timedelta(days=n) for n in (20, 21)]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(-8, 8), min_size=21, max_size=60))
def test_what_crossed_stays_crossed_as_days_are_added(statistics: list[float]) -> None:
    full = chart(days(*statistics)).crossing
    for length in range(20, len(statistics)):
        part = chart(days(*statistics[:length])).crossing
        assert part in (None, full)
