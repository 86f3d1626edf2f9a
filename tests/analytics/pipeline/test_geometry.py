"""Outlines, plans and their pixels."""

import numpy as np
import pytest

from analytics.pipeline.geometry import (
    InvalidSeatError,
    Outline,
    OutlineProblem,
    Seat,
    SeatPlan,
    area_share,
    estimated_face_height_share,
    outline_problem,
    rasterise,
)
from tests.analytics.pipeline.sources import box

U_SHAPE = ((0.1, 0.1), (0.3, 0.1), (0.3, 0.6), (0.6, 0.6), (0.6, 0.1), (0.8, 0.1), (0.8, 0.8), (0.1, 0.8))


@pytest.mark.parametrize(
    ("outline", "problem"),
    [
        (box(0.1, 0.1, 0.4, 0.5), None),
        (box(0.0, 0.0, 1.0, 1.0), None),
        (U_SHAPE, None),
        (((0.1, 0.1), (0.4, 0.1)), OutlineProblem.TOO_FEW_POINTS),
        (((0.1, 0.1), (0.4, 0.1), (0.1, 0.1), (0.4, 0.4)), OutlineProblem.TOO_FEW_POINTS),
        (box(0.1, 0.1, 1.1, 0.5), OutlineProblem.OUTSIDE_FRAME),
        (((0.1, 0.1), (0.2, 0.2), (0.3, 0.3)), OutlineProblem.NO_AREA),
        (((0.1, 0.1), (0.5, 0.5), (0.5, 0.1), (0.1, 0.6)), OutlineProblem.CROSSES_ITSELF),
    ],
)
def test_an_outline_is_told_its_problem(outline: Outline, problem: OutlineProblem | None) -> None:
    assert outline_problem(outline) == problem


def test_area_is_a_share_of_the_frame() -> None:
    assert area_share(box(0.2, 0.2, 0.6, 0.7)) == pytest.approx(0.2)


def test_a_face_is_first_guessed_from_the_seats_height() -> None:
    assert estimated_face_height_share(box(0.2, 0.2, 0.6, 0.6)) == pytest.approx(0.18)


def test_a_seat_refuses_an_outline_with_a_problem() -> None:
    with pytest.raises(InvalidSeatError, match="a: outside_frame"):
        Seat("a", box(0.5, 0.5, 1.5, 0.8), 0.1)


@pytest.mark.parametrize("face_height_share", [0.0, -0.1, 1.2])
def test_a_seat_refuses_an_impossible_face_height(face_height_share: float) -> None:
    with pytest.raises(InvalidSeatError, match="face height"):
        Seat("a", box(0.1, 0.1, 0.4, 0.4), face_height_share)


def test_expected_face_height_scales_with_the_video() -> None:
    assert Seat("a", box(0.1, 0.1, 0.4, 0.4), 0.1).face_height_px(1080) == pytest.approx(108.0)


def test_a_plan_refuses_two_seats_with_one_id() -> None:
    seat = Seat("a", box(0.1, 0.1, 0.4, 0.4), 0.1)
    with pytest.raises(InvalidSeatError, match="one id"):
        SeatPlan((seat, seat), 2.0)


@pytest.mark.parametrize(
    ("width_px", "height_px", "fits"), [(1920, 1080, True), (1280, 720, True), (1024, 768, False), (1080, 1920, False)]
)
def test_a_plan_fits_frames_of_its_own_shape(width_px: int, height_px: int, fits: bool) -> None:
    assert SeatPlan((), 16 / 9).fits(width_px, height_px) is fits


def test_rasterising_covers_exactly_the_pixels_of_a_box() -> None:
    expected = np.zeros((4, 8), dtype=np.uint8)
    expected[2:, 2:6] = 255
    assert np.array_equal(rasterise(box(0.25, 0.5, 0.75, 1.0), 8, 4), expected)


def test_a_reach_widens_by_that_many_pixels_and_rounds_the_corners() -> None:
    wide = rasterise(box(0.4, 0.4, 0.6, 0.6), 100, 100, reach_px=5)
    assert wide[50].nonzero()[0].tolist() == list(range(35, 65))
    assert wide[:, 50].nonzero()[0].tolist() == list(range(35, 65))
    assert not wide[35, 35]


def test_a_sliver_without_a_pixels_centre_is_still_widened() -> None:
    sliver = ((0.501, 0.1), (0.503, 0.1), (0.502, 0.9))
    assert not rasterise(sliver, 10, 10).any()
    assert rasterise(sliver, 10, 10, reach_px=1)[:, 4:6].sum() > 0
