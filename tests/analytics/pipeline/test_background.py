"""What shows beside the seats, small and grey, and how coarse a still is."""

import numpy as np
import pytest

from analytics.pipeline.background import BLUR_OF_A_POINT, WIDTH_PX, Ground, Marks, blur_px_of
from analytics.pipeline.masks import closed_area
from analytics.pipeline.stills import POINTS_ACROSS, _coarse
from tests.analytics.pipeline.drawn_rooms import lesson, plan, room

GROUND = Ground(plan())


@pytest.mark.parametrize("number", range(1, 5))
def test_a_sharp_still_is_not_taken_for_a_blurred_one(number: int) -> None:
    assert blur_px_of(GROUND.grey(room(number))) == 0.0


@pytest.mark.parametrize("points", POINTS_ACROSS)
@pytest.mark.parametrize("number", range(1, 5))
def test_how_coarse_a_still_was_made_is_found_again(number: int, points: int) -> None:
    found = blur_px_of(GROUND.grey(_coarse(room(number), points)))
    assert found == pytest.approx(BLUR_OF_A_POINT * WIDTH_PX / points)


def test_nothing_of_a_seat_is_in_what_is_compared() -> None:
    """A picture whose seats are painted has the same slopes as one whose seats are black."""
    closed = closed_area(plan().seats, 640, 360) > 0
    dark, bright = room(1), room(1)
    dark[closed], bright[closed] = 0, 255
    dark_slopes, bright_slopes = (GROUND.slopes(GROUND.grey(picture)) for picture in (dark, bright))
    assert np.array_equal(dark_slopes > 0, bright_slopes > 0)
    away = Ground(plan()).visible > 0
    assert np.abs(dark_slopes - bright_slopes)[away].max() < 1e-4  # of levels: floating point


def test_marks_are_found_at_their_own_places() -> None:
    marks = Marks(GROUND, GROUND.slopes(GROUND.grey(room(1))))
    found = marks.find(GROUND.slopes(GROUND.grey(lesson(1))))
    assert len(marks) == 40
    assert np.median(found.scores) > 0.98
    assert np.hypot(*np.median(found.shifts, axis=0)) < 0.1
