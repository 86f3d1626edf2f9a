"""How much, how fast, how jerkily and how disorderly a picture moves, from its optical flow."""

from dataclasses import astuple, dataclass
from datetime import datetime
from enum import StrEnum
from math import log
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from analytics.pipeline.images import Image

WIDTH_PX: Final = 160
HEIGHT_PX: Final = 90
LONGEST_PAUSE_S: Final = 0.35
# The preset's own 2 looks at a picture of 40 by 22 points, in which a person at the end of a corridor is lost: half of
# the speed of a figure a third of the picture's height was missed. This costs 0.4 ms a picture more.
FINEST_SCALE: Final = 1
# A picture whose levels lie closer together shows nothing reliable: the lens is covered, or it is dark.
DIMMEST_SPREAD: Final = 24
# Light: more than half of the points became brighter, or darker, by more than so many levels of 256.
LIT_BY: Final = 4
LIT_SHARE: Final = 0.5
# What the flow of a still, noisy picture stays below (tests/…/test_motion.py).
MOVES: Final = 0.03  # picture widths a second
# Persons never move the whole picture; a camera that is knocked or turned does.
SHAKEN_SHARE: Final = 0.8
LEAST_MOVING: Final = 0.002  # of the picture, before its directions are told
FAST_QUANTILE: Final = 0.98  # two persons who fight at the end of a corridor fill about two hundredths of the picture
DIRECTIONS: Final = 8

Flow = NDArray[np.float32]


class Condition(StrEnum):
    """Whether motion could be told. Whatever is not SEEN is neither calm nor an event, and teaches nothing."""

    SEEN = "seen"
    FROZEN = "frozen"
    BLIND = "blind"
    LIT = "lit"
    SHAKEN = "shaken"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Motion:
    """What moved, in picture widths a second; `disorder` is 0..1.

    `mean` over the picture: how much moves at all. `fast`, its upper quantile: how fast the fastest do, who fill little
    of the picture. `change` of the speed at each point from picture to picture: blows and grapples are jerky, walking
    is not (Hassner et al., Violent Flows, CVPR workshops 2012). `disorder`, the entropy of the directions: a crowd that
    leaves goes one way, a scuffle none.
    """

    mean: float
    fast: float
    change: float
    disorder: float

    def figures(self) -> tuple[float, ...]:
        return astuple(self)


@dataclass(frozen=True, slots=True)
class Step:
    """From one picture to the next. `motion` is None unless it was SEEN and the speed before it is known."""

    condition: Condition
    motion: Motion | None = None


class FlowMeter:
    """Compares each picture with the one before it."""

    def __init__(self) -> None:
        self._flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_ULTRAFAST)
        self._flow.setFinestScale(FINEST_SCALE)
        self._before: Image | None = None
        self._speed: Flow | None = None
        self._at: datetime | None = None

    def see(self, at: datetime, image: Image) -> Step | None:
        """What happened since the picture before, BGR; None for the first one."""
        grey = _grey(image)
        before, since, self._before = self._before, self._at, grey
        if before is None or since is None:
            self._at = at
            return None
        if np.array_equal(before, grey):  # measured from the last picture that differed
            return Step(Condition.FROZEN)
        self._at = at
        pause_s = (at - since).total_seconds()
        condition = _condition(before, grey, pause_s)
        if condition != Condition.SEEN:
            self._speed = None
            return Step(condition)
        moved = self._flow.calc(before, grey, np.zeros((HEIGHT_PX, WIDTH_PX, 2), np.float32))
        return self._step(np.asarray(moved, np.float32) / (WIDTH_PX * pause_s))

    def _step(self, flow: Flow) -> Step:
        speed, earlier = np.hypot(flow[..., 0], flow[..., 1]), self._speed
        self._speed = speed
        moving = speed > MOVES
        if moving.mean() > SHAKEN_SHARE:
            self._speed = None
            return Step(Condition.SHAKEN)
        if earlier is None:
            return Step(Condition.SEEN)
        motion = Motion(
            mean=float(speed.mean()),
            fast=float(np.quantile(speed, FAST_QUANTILE)),
            change=float(np.abs(speed - earlier).mean()),
            disorder=_disorder(flow[moving], speed[moving]),
        )
        return Step(Condition.SEEN, motion)


def _grey(image: Image) -> Image:
    small = cv2.resize(image, (WIDTH_PX, HEIGHT_PX), interpolation=cv2.INTER_AREA)
    return cv2.cvtColor(small, cv2.COLOR_BGR2GRAY).astype(np.uint8, copy=False)


def _condition(before: Image, grey: Image, pause_s: float) -> Condition:
    if not 0 < pause_s <= LONGEST_PAUSE_S:
        return Condition.GAP
    low, high = np.percentile(grey, (1, 99))
    if high - low < DIMMEST_SPREAD:
        return Condition.BLIND
    change = grey.astype(np.int16) - before
    lit = max((change > LIT_BY).mean(), (change < -LIT_BY).mean())
    return Condition.LIT if lit > LIT_SHARE else Condition.SEEN


def _disorder(flow: Flow, speed: Flow) -> float:
    """Entropy of the directions of what moves, each weighed by its speed: 0 when all goes one way, 1 when nothing
    does."""
    if speed.size < LEAST_MOVING * WIDTH_PX * HEIGHT_PX:
        return 0.0
    turns = np.arctan2(flow[:, 1], flow[:, 0]) / (2 * np.pi) + 0.5
    sectors = np.minimum((turns * DIRECTIONS).astype(np.int64), DIRECTIONS - 1)
    shares = np.bincount(sectors, weights=speed, minlength=DIRECTIONS) / speed.sum()
    there = shares[shares > 0]
    return float(-(there * np.log(there)).sum() / log(DIRECTIONS))
