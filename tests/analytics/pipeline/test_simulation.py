"""What the chart finds and how often it errs, by simulated pupils; the AI card quotes these very figures."""

import numpy as np
import pytest

from analytics.pipeline.baseline import ChartParameters, likeliest_start
from analytics.pipeline.simulation import Days, draw_days, rates
from analytics.rules.builtin_card import CARD

PUPILS = 20_000  # as many as `make bench-signals` takes
QUOTED = {  # what the card says of it: autocorrelation, shift
    "Pupils with a false signal within 60 days, days independent": (0.0, 0.0),
    "Pupils with a false signal within 60 days, days alike (autocorrelation 0.3)": (0.3, 0.0),
    "Shifts of 1.5 standard deviations found, days alike": (0.3, 1.5),
    "Shifts of 1 standard deviation found, days alike": (0.3, 1.0),
}


def first_crossings(values: Days, parameters: ChartParameters) -> np.ndarray:
    """The day after the baseline on which each pupil crosses, 0 for never; the chart in vectorised form."""
    n0 = parameters.baseline_days
    mean, sd = values[:, :n0].mean(axis=1), values[:, :n0].std(axis=1, ddof=1)
    ewma, streak, first = np.zeros(len(values)), np.zeros(len(values), int), np.zeros(len(values), int)
    for number, column in enumerate(values[:, n0:].T, start=1):
        ewma += parameters.smoothing * ((column - mean) / sd - ewma)
        streak = np.where(ewma > parameters.limit_in_baseline_sd, streak + 1, 0)
        first[(first == 0) & (streak >= parameters.days_in_a_row)] = number
    return first


@pytest.mark.parametrize(("rho", "shift_sd"), [(0.0, 0.0), (0.3, 1.2), (0.3, 1.5)])
def test_the_simulation_is_the_chart_in_vectorised_form(rho: float, shift_sd: float) -> None:
    drawn = draw_days(150, rho=rho, shift_sd=shift_sd)
    first = first_crossings(drawn, ChartParameters())
    found = rates(drawn)
    assert found.crossed == (first > 0).mean()
    assert found.median_delay_days == (np.median(first[first > 0]) if first.any() else None)


def test_days_are_as_alike_as_asked_and_higher_after_the_baseline() -> None:
    drawn = draw_days(4000, rho=0.3, shift_sd=1.5)
    followed = drawn[:, 20:]
    assert np.corrcoef(followed[:, :-1].ravel(), followed[:, 1:].ravel())[0, 1] == pytest.approx(0.3, abs=0.01)
    assert followed.mean() - drawn[:, :20].mean() == pytest.approx(1.5, abs=0.02)
    assert drawn[:, 20:].std() == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("what", QUOTED)
def test_the_card_quotes_what_is_simulated(what: str) -> None:
    (quoted,) = [figure["value"] for figure in CARD["accuracy"] if figure["what"] == what]
    rho, shift_sd = QUOTED[what]
    first = first_crossings(draw_days(PUPILS, rho=rho, shift_sd=shift_sd), ChartParameters())
    assert quoted == f"{(first > 0).mean():.1%}".replace("%", " %")


def test_the_card_quotes_how_long_a_shift_takes() -> None:
    (quoted,) = [figure["value"] for figure in CARD["accuracy"] if figure["what"].startswith("Median days until")]
    first = first_crossings(draw_days(PUPILS, rho=0.3, shift_sd=1.5), ChartParameters())
    assert quoted == f"{np.median(first[first > 0]):.0f}"


@pytest.mark.parametrize(
    ("rho", "shift_sd", "low", "high"),
    [(0.0, 0.0, 0.003, 0.011), (0.3, 0.0, 0.040, 0.066), (0.3, 1.5, 0.90, 0.96), (0.3, 1.0, 0.63, 0.74)],
)
def test_simulated_rates_are_those_that_the_design_promises(
    rho: float, shift_sd: float, low: float, high: float
) -> None:
    first = first_crossings(draw_days(6000, rho=rho, shift_sd=shift_sd), ChartParameters())
    assert low <= (first > 0).mean() <= high
    if shift_sd == 1.5:
        assert 9 <= np.median(first[first > 0]) <= 13


def test_the_start_of_a_shift_is_found_within_days() -> None:
    """On average 2.8 days off, and as often too early as too late."""
    values = draw_days(1500, rho=0.3)
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
    first = first_crossings(draw_days(6000, rho=0.3), ChartParameters(limit=3.5))
    assert 0.12 <= (first > 0).mean() <= 0.20
