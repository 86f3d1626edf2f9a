"""Draws a corridor with figures that walk or scuffle, the same ones every time, for the demo: no real picture."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

import cv2
import numpy as np

from analytics.pipeline.disturbance.memory import KeptFrame, Memory
from analytics.pipeline.images import Image

WIDTH_PX: Final = 480
HEIGHT_PX: Final = 270
RATE: Final = 10
FLOOR: Final = (178, 186, 190)
WALL: Final = (222, 226, 228)
CLOTHES: Final = ((120, 70, 40), (60, 60, 150), (70, 120, 60), (40, 40, 40))
SKIN: Final = (150, 180, 215)
REACH_PX: Final = 24


def drawn_frames(ended: datetime, seconds: float, *, scuffle: bool) -> tuple[KeptFrame, ...]:
    """The last seconds before `ended`: three who scuffle while one looks on, or four who chase each other."""
    memory = Memory()
    for number, image in enumerate(_pictures(round(seconds * RATE), scuffle=scuffle)):
        memory.keep(ended + timedelta(seconds=number / RATE - seconds), image)
    return memory.frames()


def _pictures(count: int, *, scuffle: bool) -> Iterator[Image]:
    rng = np.random.default_rng(17)
    for number in range(count):
        picture = _empty()
        for who, clothes in enumerate(CLOTHES):
            if scuffle and who < len(CLOTHES) - 1:
                x, y = (round(value) for value in rng.uniform(-REACH_PX, REACH_PX, 2))
                _draw_person(picture, 200 + 34 * who + x, 200 + y // 3, clothes)
            else:
                speed = 0 if scuffle else 14 + 2 * who
                _draw_person(picture, (90 * who + speed * number) % WIDTH_PX, 190 + 12 * who, clothes)
        yield picture


def _empty() -> Image:
    picture = np.full((HEIGHT_PX, WIDTH_PX, 3), WALL, np.uint8)
    floor = np.array([(0, HEIGHT_PX), (WIDTH_PX, HEIGHT_PX), (WIDTH_PX, 190), (300, 110), (180, 110), (0, 190)])
    cv2.fillPoly(picture, [floor.astype(np.int32)], FLOOR)
    for left in (20, 90, 350, 420):
        cv2.rectangle(picture, (left, 70), (left + 40, 180), (140, 160, 180), cv2.FILLED)
    return picture


def _draw_person(picture: Image, x: int, y: int, clothes: tuple[int, int, int]) -> None:
    """Feet at (x, y)."""
    cv2.line(picture, (x - 8, y), (x - 3, y - 40), clothes, 9, cv2.LINE_AA)
    cv2.line(picture, (x + 8, y), (x + 3, y - 40), clothes, 9, cv2.LINE_AA)
    cv2.rectangle(picture, (x - 13, y - 88), (x + 13, y - 38), clothes, cv2.FILLED)
    cv2.circle(picture, (x, y - 102), 12, SKIN, cv2.FILLED, cv2.LINE_AA)
