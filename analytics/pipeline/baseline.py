"""Whether a pupil's days have shifted against the pupil's own baseline: a one-sided EWMA chart.

Roberts, Technometrics 1 (1959) 239; the limit is the asymptotic one. How often it errs and what it finds: `simulation`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from math import sqrt
from statistics import fmean, stdev
from typing import Final

from analytics.pipeline.series import DayState, DayValue

NORMAL_975: Final = 1.959964


@dataclass(frozen=True)
class ChartParameters:
    """`limit` is in standard deviations of the EWMA, `smallest_sd` in units of the day statistic.

    `smallest_sd` keeps twenty near-equal days from making every later one look like a shift (own policy).
    """

    smoothing: float = 0.2
    baseline_days: int = 20
    limit: float = 4.5
    days_in_a_row: int = 2
    smallest_sd: float = 0.1

    @property
    def limit_in_baseline_sd(self) -> float:
        """The limit of the EWMA in baseline standard deviations: L * sqrt(lambda / (2 - lambda))."""
        return self.limit * sqrt(self.smoothing / (2 - self.smoothing))


@dataclass(frozen=True)
class Baseline:
    """Mean and standard deviation of the first valid days of a segment, and which days they were."""

    mean: float
    sd: float
    first_day: date
    last_day: date


@dataclass(frozen=True)
class ChartPoint:
    """A valid day after the baseline: `z` is its distance from the baseline mean and `ewma` the smoothed one, in sd."""

    day: date
    z: float
    ewma: float
    above_limit: bool


@dataclass(frozen=True)
class Crossing:
    """The first time the chart stayed above its limit long enough, with what a human needs to judge it.

    `effect_sd` is the mean `z` of the days from `since` to `day`; `since` is the likeliest first day of the shift, see
    `likeliest_start`. `effect_low_sd` and `effect_high_sd` are a 95 % interval from the standard error of a
    standardised mean difference, sqrt(1/n0 + 1/n1 + d^2 / (2 (n0 - 1))), n0 baseline and n1 later days. It takes days
    as independent and does not correct for having been looked at because it was high: it describes, it does not test.
    `coverage_share` is the share of valid days among all days of the segment since `since`.
    """

    day: date
    since: date
    effect_sd: float
    effect_low_sd: float
    effect_high_sd: float
    coverage_share: float


@dataclass(frozen=True)
class Chart:
    """`baseline` is None while there are fewer valid days than it needs; `days_to_baseline` says how many are missing.

    `days` are the days of the current segment, the insufficient ones included, as evidence for the page.
    """

    days: tuple[DayValue, ...]
    baseline: Baseline | None
    days_to_baseline: int
    points: tuple[ChartPoint, ...]
    crossing: Crossing | None


DEFAULT_CHART: Final = ChartParameters()


def chart(
    days: Sequence[DayValue], *, decided_on: date | None = None, parameters: ChartParameters = DEFAULT_CHART
) -> Chart:
    """Chart a pupil's days, given in the order of time.

    Only the segment counts that ends with the last day: after `decided_on` (a new baseline begins with each human
    decision) and with the same geometry and the same kind of statistic throughout. Days without enough data are
    passed over; "in a row" means consecutive valid days.
    """
    segment = current_segment(days, decided_on)
    valid = [(day.day, day.statistic) for day in segment if day.statistic is not None]
    baseline = baseline_of(valid, parameters.baseline_days, parameters.smallest_sd)
    if baseline is None:
        return Chart(segment, None, parameters.baseline_days - len(valid), (), None)
    points = _points(valid[parameters.baseline_days :], baseline, parameters)
    return Chart(segment, baseline, 0, points, _crossing(segment, points, parameters))


def current_segment(days: Sequence[DayValue], decided_on: date | None) -> tuple[DayValue, ...]:
    """The last days that belong together, see `chart`."""
    if not days:
        return ()
    last = days[-1]
    newest_first = takewhile(
        lambda day: (
            (decided_on is None or day.day > decided_on)
            and (day.geometry, day.relative) == (last.geometry, last.relative)
        ),
        reversed(days),
    )
    return tuple(reversed(list(newest_first)))


def baseline_of(
    valid: Sequence[tuple[date, float]], baseline_days: int, smallest_sd: float = DEFAULT_CHART.smallest_sd
) -> Baseline | None:
    """The baseline of a segment's valid days; None while there are fewer than `baseline_days`."""
    start = valid[:baseline_days]
    if len(start) < baseline_days:
        return None
    values = [value for _, value in start]
    return Baseline(fmean(values), max(stdev(values), smallest_sd), start[0][0], start[-1][0])


def _points(
    later: Sequence[tuple[date, float]], baseline: Baseline, parameters: ChartParameters
) -> tuple[ChartPoint, ...]:
    points: list[ChartPoint] = []
    ewma = 0.0
    for day, value in later:
        z = (value - baseline.mean) / baseline.sd
        ewma += parameters.smoothing * (z - ewma)
        points.append(ChartPoint(day, z, ewma, ewma > parameters.limit_in_baseline_sd))
    return tuple(points)


def _crossing(
    segment: Sequence[DayValue], points: Sequence[ChartPoint], parameters: ChartParameters
) -> Crossing | None:
    streak = 0
    for number, point in enumerate(points):
        streak = streak + 1 if point.above_limit else 0
        if streak == parameters.days_in_a_row:
            return _describe(segment, points[: number + 1], parameters)
    return None


def likeliest_start(distances: Sequence[float]) -> int:
    """The place of the first shifted value: of all tails the one with the greatest n * mean^2, mean above zero.

    The maximum-likelihood estimate of a lasting step upwards in normal values (Samuel, Pignatiello and Calvin, Quality
    Engineering 10 (1998) 521). Simulated at an autocorrelation of 0.3 with a shift of 1.5 it is 2.8 days off on
    average; the day after the EWMA was last at or below zero (Nishina 1992) is 4.8 off. Expects a positive value.
    """
    total, strongest, start = 0.0, 0.0, len(distances) - 1
    for number in range(len(distances) - 1, -1, -1):
        total += distances[number]
        strength = max(total, 0.0) ** 2 / (len(distances) - number)
        if strength > strongest:
            strongest, start = strength, number
    return start


def _describe(segment: Sequence[DayValue], points: Sequence[ChartPoint], parameters: ChartParameters) -> Crossing:
    shifted = points[likeliest_start([point.z for point in points]) :]
    since, day = shifted[0].day, shifted[-1].day
    effect_sd = fmean(point.z for point in shifted)
    n0, n1 = parameters.baseline_days, len(shifted)
    half = NORMAL_975 * sqrt(1 / n0 + 1 / n1 + effect_sd**2 / (2 * (n0 - 1)))
    states = [value.state for value in segment if since <= value.day <= day]
    coverage = states.count(DayState.VALID) / len(states)
    return Crossing(day, since, effect_sd, effect_sd - half, effect_sd + half, coverage)
