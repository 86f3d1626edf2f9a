"""How often a chart errs and what it finds: pupils whose days are drawn, charted by the product's own chart."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from statistics import median
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.pipeline.baseline import DEFAULT_CHART, ChartParameters, chart
from analytics.pipeline.series import DayState, DayValue

FOLLOWED_DAYS: Final = 60
SEED: Final = 20260302
_FIRST_DAY: Final = date(2026, 1, 5)

Days = NDArray[np.float64]


@dataclass(frozen=True)
class Rates:
    """Of pupils followed for FOLLOWED_DAYS valid days after their baseline: `crossed` is the share (0 to 1) with a
    signal, `median_delay_days` counts from the first of those days to the signal, None where there is no signal."""

    crossed: float
    median_delay_days: float | None


def draw_days(
    pupils: int, *, rho: float, shift_sd: float = 0.0, seed: int = SEED, parameters: ChartParameters = DEFAULT_CHART
) -> Days:
    """The day statistics of pupils, (pupils, baseline and followed days), in standard deviations of a pupil's days.

    A stationary first-order autoregression with autocorrelation `rho` from one valid day to the next. After the
    baseline every day is higher by `shift_sd`.
    """
    days = np.random.default_rng(seed).standard_normal((pupils, parameters.baseline_days + FOLLOWED_DAYS))
    for number in range(1, days.shape[1]):
        days[:, number] = rho * days[:, number - 1] + sqrt(1 - rho**2) * days[:, number]
    days[:, parameters.baseline_days :] += shift_sd
    return days


def rates(days: Days, parameters: ChartParameters = DEFAULT_CHART) -> Rates:
    """Chart every pupil as the product does."""
    delays = [delay for row in days if (delay := _delay(row.tolist(), parameters)) is not None]
    return Rates(len(delays) / len(days), median(delays) if delays else None)


def _delay(statistics: Iterable[float], parameters: ChartParameters) -> int | None:
    crossing = chart([_valid(*one) for one in enumerate(statistics)], parameters=parameters).crossing
    return None if crossing is None else (crossing.day - _FIRST_DAY).days - parameters.baseline_days + 1


def _valid(number: int, statistic: float) -> DayValue:
    day = _FIRST_DAY + timedelta(days=number)
    return DayValue(
        day, "", relative=False, state=DayState.VALID, statistic=statistic, p_neg=0, p_pos=0, n_windows=0, n_lessons=0
    )
