"""The observation gate names the first reason why a face may not be used."""

from dataclasses import replace

import numpy as np
import pytest

from analytics.pipeline.masks import SeatMask
from analytics.pipeline.packs import Face
from analytics.pipeline.quality import Rejection, Thresholds, choose_face, nose_offset
from tests.analytics.pipeline.sources import frontal_face

SEAT = SeatMask(
    "a", 0, 0, np.full((200, 200), 255, dtype=np.uint8), np.zeros((200, 200), dtype=np.uint8), face_height_px=100.0
)
GOOD = frontal_face(50, 50, 100)


def with_hole(mask: np.ndarray, value: int) -> np.ndarray:
    changed = mask.copy()
    changed[60, 60] = value
    return changed


def test_a_good_face_is_chosen() -> None:
    assert choose_face([GOOD], SEAT, Thresholds()) is GOOD


@pytest.mark.parametrize(
    ("faces", "reason"),
    [
        ([], Rejection.NO_FACE),
        ([GOOD, frontal_face(0, 0, 20, score=0.5)], Rejection.MORE_THAN_ONE_FACE),
        ([frontal_face(50, 50, 100, score=0.79)], Rejection.LOW_SCORE),
        ([frontal_face(-1, 50, 100)], Rejection.CUT_BY_EDGE),
        ([frontal_face(101, 50, 100)], Rejection.CUT_BY_EDGE),
        ([frontal_face(50, -1, 100)], Rejection.CUT_BY_EDGE),
        ([frontal_face(50, 101, 100)], Rejection.CUT_BY_EDGE),
        ([frontal_face(50, 50, 71.5)], Rejection.TOO_SMALL),
        ([frontal_face(20, 20, 141)], Rejection.WRONG_SIZE),
        ([replace(GOOD, nose=(112.0, 110.0))], Rejection.TURNED_AWAY),
    ],
)
def test_a_face_is_refused_with_a_reason(faces: list[Face], reason: Rejection) -> None:
    assert choose_face(faces, SEAT, Thresholds()) is reason


@pytest.mark.parametrize(("height_px", "accepted"), [(72, True), (139.9, True), (140.5, False)])
def test_size_is_held_against_the_calibrated_one(height_px: float, accepted: bool) -> None:
    assert isinstance(choose_face([frontal_face(20, 20, height_px)], SEAT, Thresholds()), Face) is accepted


def test_a_face_much_smaller_than_calibrated_is_of_the_wrong_size() -> None:
    large = replace(SEAT, face_height_px=130.0)
    assert choose_face([frontal_face(20, 20, 90)], large, Thresholds()) is Rejection.WRONG_SIZE


def test_a_face_with_one_masked_pixel_is_cut_by_the_edge() -> None:
    seat = replace(SEAT, visible=with_hole(SEAT.visible, 0))
    assert choose_face([GOOD], seat, Thresholds()) is Rejection.CUT_BY_EDGE


def test_a_face_that_another_open_seat_sees_too_belongs_to_nobody() -> None:
    seat = replace(SEAT, shared=with_hole(SEAT.shared, 255))
    assert choose_face([GOOD], seat, Thresholds()) is Rejection.IN_TWO_SEATS


def test_the_nose_is_measured_along_the_line_of_the_eyes() -> None:
    assert nose_offset(GOOD) == pytest.approx(0.0)
    assert nose_offset(replace(GOOD, nose=(110.0, 110.0))) == pytest.approx(0.25)
    tilted = replace(GOOD, left_eye=(100.0, 80.0), right_eye=(100.0, 120.0), nose=(80.0, 110.0))
    assert nose_offset(tilted) == pytest.approx(0.25)


def test_eyes_in_one_place_count_as_turned_away() -> None:
    assert nose_offset(replace(GOOD, right_eye=GOOD.left_eye)) > 1
