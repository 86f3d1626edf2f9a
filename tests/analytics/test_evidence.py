"""How good the data under a signal are, and what evidence cannot be without."""

from dataclasses import replace
from datetime import date

import pytest

from analytics.pipeline.baseline import Chart, ChartParameters, Crossing
from analytics.rules.evidence import Figures, evidence_of, quality_of

DAY = date(2026, 3, 2)


THRESHOLDS = {"doubt_disagreement": 0.15, "max_disagreement": 0.3}


def figures(used: int, rejected: int, disagreement: float | None = None) -> Figures:
    return Figures(97, 180, 0.08, 0.93, used, {"turned_away": rejected}, disagreement)


@pytest.mark.parametrize(
    ("coverage", "used", "quality"),
    [
        (0.8, 50, 3),
        (0.79, 50, 2),
        (0.8, 49, 2),
        (0.6, 25, 2),
        (0.59, 100, 1),
        (1.0, 24, 1),
    ],
)
def test_the_quality_is_that_of_the_weaker_of_days_and_frames(coverage: float, used: int, quality: int) -> None:
    assert quality_of(coverage, figures(used, 100 - used), THRESHOLDS) == quality


@pytest.mark.parametrize(("frozen", "quality"), [(4, 3), (5, 2)])
def test_it_is_never_good_where_the_picture_stood_still_for_long(frozen: int, quality: int) -> None:
    seen = replace(figures(60, 0), frames_rejected={"turned_away": 40 - frozen, "frozen": frozen})

    assert quality_of(1.0, seen, THRESHOLDS) == quality


def test_where_no_frame_was_seen_the_quality_is_weak() -> None:
    assert quality_of(1.0, figures(0, 0), THRESHOLDS) == 1


@pytest.mark.parametrize(
    ("disagreement", "quality"), [(None, 3), (0.0, 3), (0.15, 3), (0.16, 2), (0.3, 2), (0.31, 1), (1.0, 1)]
)
def test_what_two_models_see_differently_is_less_sure(disagreement: float | None, quality: int) -> None:
    assert quality_of(1.0, figures(100, 0, disagreement), THRESHOLDS) == quality
    assert quality_of(0.7, figures(100, 0, disagreement), THRESHOLDS) == min(2, quality)


def test_figures_of_before_there_were_second_opinions_are_still_read() -> None:
    assert Figures(97, 180, 0.08, 0.93, 1, {}).disagreement is None


def test_there_is_no_evidence_without_an_own_range_to_hold_days_against() -> None:
    crossing = Crossing(DAY, DAY, 2.0, 1.0, 3.0, 1.0)

    with pytest.raises(ValueError, match="without a baseline"):
        evidence_of(Chart((), None, 20, (), crossing), crossing, {}, figures(50, 50), ChartParameters())
