"""From windows to one statistic a day."""

from datetime import date
from math import log

import pytest

from analytics.pipeline.series import DayState, LessonWindow, class_medians, contrast, day_value, logit

DAY = date(2026, 3, 2)


def windows(lesson_id: str, count: int, p_neg: float, p_pos: float) -> list[LessonWindow]:
    return [LessonWindow(lesson_id, p_neg, p_pos)] * count


@pytest.mark.parametrize(
    ("share", "expected"), [(0.5, 0.0), (0.8, log(4)), (0.0, log(0.01 / 0.99)), (1.0, log(0.99 / 0.01))]
)
def test_a_logit_is_held_within_one_percent(share: float, expected: float) -> None:
    assert logit(share) == pytest.approx(expected)


def test_the_contrast_is_that_of_the_means_and_not_the_mean_of_contrasts() -> None:
    mixed = [LessonWindow("m", 0.1, 0.5), LessonWindow("m", 0.3, 0.5)]
    assert contrast(mixed) == pytest.approx(log(0.2 / 0.8))


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [(15, 15, DayState.VALID), (15, 14, DayState.INSUFFICIENT), (40, 0, DayState.INSUFFICIENT)],
)
def test_a_day_is_valid_with_thirty_windows_of_two_lessons(first: int, second: int, state: DayState) -> None:
    value = day_value(DAY, windows("m", first, 0.2, 0.4) + windows("n", second, 0.2, 0.4), geometry="g")
    assert value.state is state
    assert (value.statistic is None) is (state is DayState.INSUFFICIENT)
    assert (value.n_windows, value.n_lessons) == (first + second, 1 + (second > 0))


def test_a_days_statistic_is_the_contrast_of_its_means() -> None:
    value = day_value(DAY, windows("m", 20, 0.1, 0.5) + windows("n", 20, 0.3, 0.3), geometry="g")
    assert value.statistic == pytest.approx(logit(0.2) - logit(0.4))
    assert (value.p_neg, value.p_pos) == pytest.approx((0.2, 0.4))
    assert (value.geometry, value.relative, value.day) == ("g", False, DAY)


def test_a_day_without_windows_is_insufficient_and_nothing_else() -> None:
    value = day_value(DAY, [], geometry="g", medians={})
    assert (value.state, value.statistic, value.p_neg, value.p_pos) == (DayState.INSUFFICIENT, None, None, None)


def test_a_lesson_has_a_median_with_eight_pupils() -> None:
    by_pupil = {
        str(n): windows("m", 3, 0.1 + 0.05 * n, 0.5) + (windows("n", 3, 0.2, 0.5) if n else []) for n in range(8)
    }
    medians = class_medians(by_pupil)
    assert set(medians) == {"m"}
    assert medians["m"] == pytest.approx((logit(0.25) + logit(0.3)) / 2)


def test_a_relative_day_counts_only_lessons_with_a_median_and_subtracts_them_by_weight() -> None:
    own = windows("m", 30, 0.2, 0.5) + windows("n", 10, 0.2, 0.5) + windows("small", 50, 0.9, 0.1)
    value = day_value(DAY, own, geometry="g", medians={"m": 1.0, "n": -1.0})
    assert value.statistic == pytest.approx(logit(0.2) - 0.5)
    assert (value.relative, value.n_windows, value.n_lessons) == (True, 40, 2)
