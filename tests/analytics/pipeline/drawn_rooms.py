"""Rooms with furniture, drawn from a number: as a still shows them, and as a camera does during a lesson."""

from dataclasses import dataclass, replace

import cv2
import numpy as np

from analytics.pipeline.clips import Clip, draw_frame, person_at, place_in_rows, seat_plan
from analytics.pipeline.geometry import SeatPlan
from analytics.pipeline.images import Image
from analytics.pipeline.packs import Face
from analytics.pipeline.stills import blurred_as_a_whole

WIDTH_PX, HEIGHT_PX = 640, 360
PLACES = place_in_rows(columns=4, rows=1, face_height_share=0.14)
NOISE = 2.5  # levels of 256, as indoors


@dataclass(frozen=True)
class Shot:
    """How a camera sees a room. Shifts are shares of the width, `turned_deg` and `zoom` go about the middle.

    `light` multiplies what the sun adds to the right, `exposure` everything; `covered` is the share of the picture's
    width that somebody hides from top to bottom.
    """

    right: float = 0.0
    down: float = 0.0
    turned_deg: float = 0.0
    zoom: float = 1.0
    light: float = 0.0
    exposure: float = 1.0
    covered: float = 0.0
    covered_from: float = 0.1
    mirrored: bool = False
    seed: int = 0


class NoFace:
    def detect(self, image: Image, min_score: float) -> list[Face]:
        return []


def plan() -> SeatPlan:
    """Four seats in a row across the picture."""
    return seat_plan(_clip())


def room(number: int) -> Image:
    """The room with nobody in it (BGR); another number is another room."""
    picture = draw_frame(replace(_clip(), people=()), 0.0)
    _furnish(picture, np.random.default_rng(number))
    return picture


def blurred(still: Image) -> Image:
    """As the product keeps a still that somebody may be seen in."""
    return blurred_as_a_whole(still, NoFace())


def lesson(number: int, shot: Shot = Shot()) -> Image:
    """The same room with pupils in its seats, through that camera (BGR)."""
    picture = room(number)
    people = draw_frame(_clip(), float(shot.seed % 7))
    empty = draw_frame(replace(_clip(), people=()), 0.0)
    there = (np.abs(people.astype(int) - empty).max(axis=2) > 0)[..., np.newaxis]
    picture = np.where(there, people, picture).astype(np.uint8)
    return through_camera(picture, shot)


def _clip() -> Clip:
    people = tuple(person_at(place, number) for number, place in enumerate(PLACES))
    return Clip(PLACES, people, WIDTH_PX, HEIGHT_PX)


def _furnish(picture: Image, random: np.random.Generator) -> None:
    """Shelves, pictures and bags: boxes of any grey, each with something on it."""
    for _ in range(45):
        left, top = int(random.integers(0, WIDTH_PX)), int(random.integers(0, HEIGHT_PX))
        right, bottom = left + int(random.integers(12, 80)), top + int(random.integers(10, 60))
        colour = tuple(int(level) for level in random.integers(20, 235, 3))
        cv2.rectangle(picture, (left, top), (right, bottom), colour, cv2.FILLED)
        cv2.circle(picture, ((left + right) // 2, (top + bottom) // 2), 6, tuple(255 - c for c in colour), cv2.FILLED)


def through_camera(picture: Image, shot: Shot) -> Image:
    """What a camera makes of a picture (BGR)."""
    random = np.random.default_rng(shot.seed)
    if shot.mirrored:
        picture = picture[:, ::-1]
    move = cv2.getRotationMatrix2D((WIDTH_PX / 2, HEIGHT_PX / 2), shot.turned_deg, shot.zoom)
    move[:, 2] += np.array((shot.right, shot.down)) * WIDTH_PX
    seen = cv2.warpAffine(picture, move, (WIDTH_PX, HEIGHT_PX), borderMode=cv2.BORDER_REFLECT).astype(np.float64)
    if shot.covered:
        left, right = (round(share * WIDTH_PX) for share in (shot.covered_from, shot.covered_from + shot.covered))
        seen[:, left:right] = random.integers(0, 160, (1, max(0, min(right, WIDTH_PX) - left), 3))
    seen *= 1 + shot.light * np.linspace(0, 1, WIDTH_PX)[:, np.newaxis]
    seen = seen * shot.exposure + random.normal(0, NOISE, seen.shape)
    return np.clip(seen, 0, 255).astype(np.uint8)
