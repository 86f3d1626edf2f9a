"""The observation gate: which face of a frame may be looked at for its expression, and why the others may not."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, cos, floor, hypot, sin

import cv2

from analytics.pipeline.alignment import eye_line_angle
from analytics.pipeline.images import Image
from analytics.pipeline.masks import SeatMask
from analytics.pipeline.packs import Face


class Rejection(StrEnum):
    """Why a seat gave no observation in a frame. The order is the order in which they are asked.

    FROZEN: the picture is the one before, so nothing was observed. COVERED: widened closed seats leave nothing of this
    one to be seen.
    """

    FROZEN = "frozen"
    COVERED = "covered"
    NO_FACE = "no_face"
    MORE_THAN_ONE_FACE = "more_than_one_face"
    LOW_SCORE = "low_score"
    CUT_BY_EDGE = "cut_by_edge"
    IN_TWO_SEATS = "in_two_seats"
    TOO_SMALL = "too_small"
    WRONG_SIZE = "wrong_size"
    TURNED_AWAY = "turned_away"
    BLURRED = "blurred"


@dataclass(frozen=True)
class Thresholds:
    """The figures on the AI card.

    Score, face height and nose offset: measured on labelled clips, label stability falls from 0.86 at 72 px to 0.59
    at 48 px. `min_sharpness`: a Gaussian blur of 2 px on the aligned cut-out, from where labels begin to change.
    `second_face_score` is lower, so that a doubtful second face is enough to give a frame up.
    """

    min_score: float = 0.8
    second_face_score: float = 0.5
    min_face_height_px: float = 72.0
    min_face_ratio: float = 0.7
    max_face_ratio: float = 1.4
    max_nose_offset: float = 0.25
    min_sharpness: float = 20.0


def choose_face(faces: list[Face], seat: SeatMask, thresholds: Thresholds) -> Face | Rejection:
    """The one face that may be looked at, or the first reason why there is none. `faces` are in the crop's pixels."""
    if not faces:
        return Rejection.NO_FACE
    if len(faces) > 1:
        return Rejection.MORE_THAN_ONE_FACE
    return _flaw(faces[0], seat, thresholds) or faces[0]


def nose_offset(face: Face) -> float:
    """How far the nose lies from the middle between the eyes, along their line, in eye distances. 0 is frontal."""
    eye_distance_px = hypot(face.right_eye[0] - face.left_eye[0], face.right_eye[1] - face.left_eye[1])
    angle = eye_line_angle(face)
    across = face.nose[0] - (face.left_eye[0] + face.right_eye[0]) / 2
    down = face.nose[1] - (face.left_eye[1] + face.right_eye[1]) / 2
    return abs(across * cos(angle) + down * sin(angle)) / max(eye_distance_px, 1e-6)


def _flaw(face: Face, seat: SeatMask, thresholds: Thresholds) -> Rejection | None:
    ratio = face.height_px / seat.face_height_px
    checks: tuple[tuple[Rejection, Callable[[], bool]], ...] = (
        (Rejection.LOW_SCORE, lambda: face.score < thresholds.min_score),
        (Rejection.CUT_BY_EDGE, lambda: not _wholly_inside(face, seat)),
        (Rejection.IN_TWO_SEATS, lambda: seat.shares and cv2.hasNonZero(_pixels(face, seat.shared))),
        (Rejection.TOO_SMALL, lambda: face.height_px < thresholds.min_face_height_px),
        (Rejection.WRONG_SIZE, lambda: not thresholds.min_face_ratio <= ratio <= thresholds.max_face_ratio),
        (Rejection.TURNED_AWAY, lambda: nose_offset(face) > thresholds.max_nose_offset),
    )
    return next((reason for reason, failed in checks if failed()), None)


def _wholly_inside(face: Face, seat: SeatMask) -> bool:
    """Whether the face's box lies in the image and every pixel of it may be seen."""
    height_px, width_px = seat.visible.shape
    right_px, bottom_px = face.left_px + face.width_px, face.top_px + face.height_px
    if face.left_px < 0 or face.top_px < 0 or right_px > width_px or bottom_px > height_px:
        return False
    pixels = _pixels(face, seat.visible)
    return cv2.countNonZero(pixels) == pixels.size


def _pixels(face: Face, mask: Image) -> Image:
    rows = slice(max(0, floor(face.top_px)), ceil(face.top_px + face.height_px))
    return mask[rows, max(0, floor(face.left_px)) : ceil(face.left_px + face.width_px)]
