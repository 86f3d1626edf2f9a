"""The chart against a pupil's own baseline, and its figures in simulation."""

from datetime import date, timedelta
from math import sqrt

import numpy as np
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


def correlated(pupils: int, total_days: int, rho: float) -> np.ndarray:
    noise = np.random.default_rng(20260302).standard_normal((pupils, total_days))
    for number in range(1, total_days):
        noise[:, number] = rho * noise[:, number - 1] + sqrt(1 - rho**2) * noise[:, number]
    return noise


def first_crossings(values: np.ndarray, parameters: ChartParameters) -> np.ndarray:
    """The day after the baseline on which each pupil crosses, 0 for never; the chart in vectorised form."""
    n0 = parameters.baseline_days
    mean, sd = values[:, :n0].mean(axis=1), values[:, :n0].std(axis=1, ddof=1)
    ewma, streak, first = np.zeros(len(values)), np.zeros(len(values), int), np.zeros(len(values), int)
    for number, column in enumerate(values[:, n0:].T, start=1):
        ewma += parameters.smoothing * ((column - mean) / sd - ewma)
        streak = np.where(ewma > parameters.limit_in_baseline_sd, streak + 1, 0)
        first[(first == 0) & (streak >= parameters.days_in_a_row)] = number
    return first


def test_the_vectorised_chart_is_the_chart() -> None:
    parameters = ChartParameters()
    values = correlated(60, 80, 0.3)
    values[:, 20:] += 1.2
    for row, expected in zip(values, first_crossings(values, parameters), strict=True):
        crossing = chart(days(*row.tolist())).crossing
        found = (crossing.day - START).days - 19 if crossing else 0
        assert found == expected


@pytest.mark.parametrize(
    ("rho", "shift_sd", "low", "high"),
    [(0.0, 0.0, 0.003, 0.011), (0.3, 0.0, 0.040, 0.066), (0.3, 1.5, 0.90, 0.96), (0.3, 1.0, 0.63, 0.74)],
)
def test_simulated_rates_are_those_that_the_design_promises(
    rho: float, shift_sd: float, low: float, high: float
) -> None:
    values = correlated(6000, 80, rho)
    values[:, 20:] += shift_sd
    first = first_crossings(values, ChartParameters())
    assert low <= (first > 0).mean() <= high
    if shift_sd == 1.5:
        assert 9 <= np.median(first[first > 0]) <= 13


def test_the_start_of_a_shift_is_found_within_days() -> None:
    """On average 2.8 days off, and as often too early as too late."""
    values = correlated(1500, 80, 0.3)
    values[:, 35:] += 1.5
    off = []
    for row, first in zip(values, first_crossings(values, ChartParameters()), strict=True):
        if first > 15:
            baseline = row[:20]
            distances = (row[20 : 20 + first] - baseline.mean()) / baseline.std(ddof=1)
            off.append(likeliest_start(distances.tolist()) - 15)
    assert len(off) > 1000
    assert 2.3 <= np.abs(off).mean() <= 3.3
    assert np.median(off) == 0


def test_a_lower_limit_would_give_many_more_false_alarms() -> None:
    first = first_crossings(correlated(6000, 80, 0.3), ChartParameters(limit=3.5))
    assert 0.12 <= (first > 0).mean() <= 0.20
