"""Invented scenes before a corridor camera: a textured wall, noise, and shapes that walk or scuffle."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import cv2
import numpy as np

from analytics.pipeline.disturbance.course import Course
from analytics.pipeline.disturbance.motion import Condition, FlowMeter, Motion
from analytics.pipeline.disturbance.usual import LEAST_TAUGHT, Usual
from analytics.pipeline.disturbance.windows import MotionWindow, Windower
from analytics.pipeline.images import Image

WIDTH, HEIGHT = 320, 180
BEGAN = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
TICK = timedelta(seconds=0.1)
CALM = Motion(mean=0.004, fast=0.15, change=0.002, disorder=0.4)
WILD = Motion(mean=0.08, fast=1.2, change=0.06, disorder=0.95)

Scene = Callable[[int], Image]


PERSON_WIDTH, PERSON_HEIGHT = 40, 100


def spots(seed: int, across: int, down: int, width: int, height: int) -> Image:
    coarse = np.random.default_rng(seed).integers(30, 226, (down, across, 3), np.uint8)
    return cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR).astype(np.uint8, copy=False)


WALL = spots(7, 40, 22, WIDTH, HEIGHT)
CLOTH = spots(8, 4, 10, PERSON_WIDTH, PERSON_HEIGHT)


def with_noise(image: Image, number: int) -> Image:
    noise = np.random.default_rng(number).normal(0, 3, image.shape)
    return np.clip(image + noise, 0, 255).astype(np.uint8)


def with_shape(image: Image, x: float, y: float) -> Image:
    drawn = image.copy()
    left, top = round(np.clip(x, 0, WIDTH - PERSON_WIDTH)), round(np.clip(y, 0, HEIGHT - PERSON_HEIGHT))
    drawn[top : top + PERSON_HEIGHT, left : left + PERSON_WIDTH] = CLOTH
    return drawn


def empty(number: int) -> Image:
    return with_noise(WALL, number)


def walking(number: int) -> Image:
    """One who strolls to and fro, a fifth of the picture's width a second."""
    there = WIDTH - PERSON_WIDTH
    way = (number * 6.4) % (2 * there)
    return with_noise(with_shape(WALL, min(way, 2 * there - way), 60), number)


def scuffle(number: int) -> Image:
    """Three who tear at each other."""
    rng, image = np.random.default_rng(1000 + number), WALL
    for middle in (110, 150, 190):
        image = with_shape(image, middle + rng.uniform(-16, 16), 50 + rng.uniform(-12, 12))
    return with_noise(image, number)


def shaken(number: int) -> Image:
    """A camera that is knocked: everything moves as one."""
    x, y = np.random.default_rng(2000 + number).integers(-9, 10, 2)
    return with_noise(np.roll(WALL, (int(x), int(y)), (1, 0)), number)


def lit(number: int) -> Image:
    """A lamp that flickers: everything becomes brighter, then darker."""
    return with_noise(np.clip(WALL.astype(np.int16) + (number % 2) * 30, 0, 255).astype(np.uint8), number)


def blind(number: int) -> Image:
    return with_noise(np.full_like(WALL, 20), number)


def filmed(scene: Scene, seconds: float, began: datetime = BEGAN) -> Iterator[tuple[datetime, Image]]:
    """Its pictures, ten a second."""
    for number in range(round(seconds * 10)):
        yield began + number * TICK, scene(number)


def windows_of(scene: Scene, seconds: float) -> list[MotionWindow]:
    """The whole windows of a scene."""
    meter, windower = FlowMeter(), Windower()
    return [each for at, image in filmed(scene, seconds) for each in windower.take(at, meter.see(at, image))]


def window(number: int, motion: Motion | None = CALM, condition: Condition = Condition.SEEN) -> MotionWindow:
    return MotionWindow(BEGAN + number * timedelta(seconds=2), condition, motion)


def taught(*motions: Motion) -> Usual:
    """What is usual where these motions were seen, again and again, at nine."""
    usual = Usual()
    for number in range(LEAST_TAUGHT):
        usual.teach(BEGAN.hour, motions[number % len(motions)])
    return usual


def who_knows_walking() -> Course:
    """A course that was taught somebody walking."""
    return Course(taught(*(each.motion for each in windows_of(walking, 21) if each.motion)))
