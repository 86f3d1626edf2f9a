"""A drawn classroom: wall, windows, board and desks. Only a background for rendered clips and stills."""

from dataclasses import dataclass
from typing import Final, TypeAlias

import cv2
import numpy as np

from analytics.pipeline.images import Image

Colour: TypeAlias = tuple[int, int, int]

WALL: Final[Colour] = (228, 232, 234)
FLOOR: Final[Colour] = (196, 204, 210)
PANE: Final[Colour] = (245, 242, 236)
FRAME: Final[Colour] = (205, 208, 210)
BOARD: Final[Colour] = (96, 110, 88)
DESK_TOP: Final[Colour] = (176, 192, 206)
DESK_FRONT: Final[Colour] = (150, 168, 184)
HORIZON: Final = 0.52
WINDOWS: Final = ((0.03, 0.17), (0.21, 0.35), (0.79, 0.97))


@dataclass(frozen=True)
class Place:
    """Where somebody sits: centre of the face and face height, as shares of the frame."""

    centre_x: float
    centre_y: float
    face_height_share: float


def draw_room(width_px: int, height_px: int) -> Image:
    """The room without desks, BGR."""
    room = np.empty((height_px, width_px, 3), dtype=np.uint8)
    room[: round(HORIZON * height_px)] = WALL
    room[round(HORIZON * height_px) :] = FLOOR
    for left, right in WINDOWS:
        _box(room, (left, 0.04), (right, 0.2), FRAME)
        _box(room, (left + 0.008, 0.055), (right - 0.008, 0.185), PANE)
    _box(room, (0.4, 0.03), (0.74, 0.19), BOARD)
    return room


def draw_desk(room: Image, place: Place) -> None:
    """A desk in front of whoever sits there, hiding what is below the shoulders."""
    height = place.face_height_share
    half = 1.7 * height * room.shape[0] / room.shape[1]
    top = place.centre_y + 1.35 * height
    left, right = place.centre_x - half, place.centre_x + half
    _box(room, (left, top), (right, top + 0.25 * height), DESK_TOP)
    _box(room, (left, top + 0.25 * height), (right, top + 1.2 * height), DESK_FRONT)


def _box(room: Image, upper_left: tuple[float, float], lower_right: tuple[float, float], colour: Colour) -> None:
    height_px, width_px = room.shape[:2]
    first = round(upper_left[0] * width_px), round(upper_left[1] * height_px)
    last = round(lower_right[0] * width_px), round(lower_right[1] * height_px)
    cv2.rectangle(room, first, last, colour, cv2.FILLED)
