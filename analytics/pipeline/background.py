"""What shows of a room beside its seats, and where a later picture shows it again.

Still and picture are made small and grey, every seat is blanked as widely as a closed one, and what is compared is
where the grey changes: that survives another light. Marks are pieces of the still that resemble nothing near them.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from analytics.pipeline.geometry import SeatPlan
from analytics.pipeline.images import Image
from analytics.pipeline.masks import closed_area
from analytics.pipeline.stills import POINTS_ACROSS

Plane: TypeAlias = NDArray[np.float32]
Indexes: TypeAlias = NDArray[np.int64]

WIDTH_PX: Final = 160  # of what is compared
MARK_PX: Final = 16
MOST_MARKS: Final = 40
# A mark is looked for on a grid of five by five places around its own.
APART_PX: Final = 2
STEPS: Final = 2
REACH_PX: Final = APART_PX * STEPS
PLACES: Final = 2 * STEPS + 1
SHIFTS: Final = np.array([(y, x) for y in range(-STEPS, STEPS + 1) for x in range(-STEPS, STEPS + 1)]) * APART_PX
FAR: Final = np.hypot(SHIFTS[:, 0], SHIFTS[:, 1]) >= REACH_PX
# Chosen on photographs of rooms and on drawn ones, see docs/decisions/when-a-camera-has-moved.md.
LEAST_VISIBLE: Final = 0.4  # of a mark beside the seats
LEAST_TEXTURE: Final = 0.6  # standard deviation of the slope, levels of 256 for each point
MOST_ALIKE: Final = 0.8  # correlation with what lies REACH_PX beside it
SMOOTHED_PX: Final = 0.8
# A still that was blurred as a whole loses twice as much and more when it is made coarser than it was; sharp ones lose
# from each coarseness to the next at most half as much again.
LOST_BEYOND: Final = 1.9
LEAST_LOST: Final = 1e-3  # levels: a still without any contrast is not blurred
COARSER_STILL: Final = 14  # points across, after the coarsest of a still
BLUR_OF_A_POINT: Final = 0.85  # standard deviation of `blurred_as_a_whole`, in points of its picture


@dataclass(frozen=True, eq=False)
class Found:
    """Where a picture shows each mark best: `shifts` (marks, 2) as (x, y) in compared points from its own place,
    `scores` -1..1 there, and `texture` of the picture at the mark's own place."""

    shifts: Plane
    scores: Plane
    texture: Plane


class Ground:
    """The part of a camera's picture that no seat covers, WIDTH_PX wide; slopes have REACH_PX around it."""

    def __init__(self, plan: SeatPlan) -> None:
        self.height_px = round(WIDTH_PX / plan.aspect_ratio)
        self._open = (closed_area(plan.seats, WIDTH_PX, self.height_px) == 0).astype(np.float32)
        inner = np.asarray(cv2.erode(self._open, np.ones((3, 3), np.uint8)), dtype=np.float32)
        self.visible = _framed(inner)

    def grey(self, image: Image) -> Plane:
        """A (height, width, 3) picture as it is compared, the seats still in it."""
        rows = image[:: max(1, image.shape[0] // (2 * self.height_px))]
        small = cv2.resize(rows, (WIDTH_PX, self.height_px), interpolation=cv2.INTER_AREA)
        return cv2.cvtColor(small, cv2.COLOR_BGR2GRAY).astype(np.float32)

    def slopes(self, grey: Plane, blur_px: float = 0.0) -> Plane:
        """How steeply the grey changes beside the seats, 0 at them: they are blank before anything is blurred."""
        sigma = float(np.hypot(SMOOTHED_PX, blur_px))
        smooth = cv2.GaussianBlur(grey * self._open, (0, 0), sigma)
        level = smooth / np.maximum(cv2.GaussianBlur(self._open, (0, 0), sigma), 1e-3)
        across, down = (cv2.Sobel(level, cv2.CV_32F, *along, ksize=3, scale=1 / 8) for along in ((1, 0), (0, 1)))
        return _framed(np.asarray(cv2.magnitude(across, down), dtype=np.float32)) * self.visible


class Marks:
    """Pieces of the still that a shifted picture cannot show at the same place."""

    def __init__(self, ground: Ground, slopes: Plane) -> None:
        wide = slopes.shape[1]
        self._steps = (SHIFTS[:, 0] * wide + SHIFTS[:, 1])[:, None]
        self._take(*_candidates(ground, slopes))
        self._keep(self._distinct(slopes))

    def __len__(self) -> int:
        return len(self.centres)

    def find(self, slopes: Plane) -> Found:
        """Look for every mark around its place in another picture's slopes."""
        scores, texture = self._compare(slopes)
        best = scores.argmax(axis=1)
        rows, columns = np.divmod(best, PLACES)
        marks = np.arange(len(best))
        grid = scores.reshape(-1, PLACES, PLACES)
        down = rows - STEPS + _between(grid[marks, :, columns], rows)
        across = columns - STEPS + _between(grid[marks, rows, :], columns)
        shifts = (np.stack([across, down], axis=1) * APART_PX).astype(np.float32)
        return Found(shifts, scores[marks, best], texture)

    def _take(self, corners: Indexes, pixels: Indexes, weights: Plane, pattern: Plane) -> None:
        self.centres = (corners[:, ::-1] - REACH_PX + MARK_PX / 2).astype(np.float32)
        self._around = pixels[:, None] + self._steps
        self._weighed = np.stack([pattern, weights / weights.sum(axis=1, keepdims=True)], axis=2)

    def _keep(self, kept: list[int]) -> None:
        self.centres, self._around, self._weighed = self.centres[kept], self._around[kept], self._weighed[kept]

    def _distinct(self, slopes: Plane) -> list[int]:
        """The most distinct candidates first, each at least half a mark from the others."""
        scores, _texture = self._compare(slopes)
        alike = scores[:, FAR].max(axis=1)
        kept: list[int] = []
        for number in np.argsort(alike, kind="stable"):
            if alike[number] > MOST_ALIKE or len(kept) == MOST_MARKS:
                break
            distance = np.abs(self.centres[kept] - self.centres[number]).max(axis=1)
            if (distance >= MARK_PX / 2).all():
                kept.append(int(number))
        return kept

    def _compare(self, slopes: Plane) -> tuple[Plane, Plane]:
        """The correlation of each mark with what lies at each shift (marks, shifts), and the texture at none."""
        there = slopes.ravel().take(self._around)
        products, means = np.moveaxis(there @ self._weighed, 2, 0)
        squares = (there * there) @ self._weighed[:, :, 1:]
        spread = np.sqrt(np.maximum(squares[:, :, 0] - means**2, 1e-6))
        return products / spread, spread[:, len(SHIFTS) // 2]


def blur_px_of(grey: Plane) -> float:
    """How strongly a still was blurred as a whole (rule 12), as a standard deviation in its points; 0 if it was not."""
    lost = [_lost(grey, points) for points in (*POINTS_ACROSS, COARSER_STILL)]
    steps = zip(POINTS_ACROSS, pairwise(lost), strict=True)
    as_coarse = (points for points, (here, coarser) in steps if coarser >= LOST_BEYOND * max(here, LEAST_LOST))
    points = next(as_coarse, None)
    return BLUR_OF_A_POINT * grey.shape[1] / points if points else 0.0


def _lost(grey: Plane, points: int) -> float:
    """What making it as coarse as `points` across takes away, in mean levels."""
    height_px, width_px = grey.shape
    coarse = cv2.resize(grey, (points, max(1, round(points * height_px / width_px))), interpolation=cv2.INTER_AREA)
    back = cv2.resize(coarse, (width_px, height_px), interpolation=cv2.INTER_CUBIC)
    return float(np.abs(back - grey).mean())


def _candidates(ground: Ground, slopes: Plane) -> tuple[Indexes, Indexes, Plane, Plane]:
    """Corners (marks, 2), pixels, weights and patterns (marks, pixels) of all that has texture beside the seats."""
    height, wide = slopes.shape
    rows, columns = (np.arange(REACH_PX, side - REACH_PX - MARK_PX + 1, MARK_PX // 4) for side in (height, wide))
    corners = np.stack(np.meshgrid(rows, columns, indexing="ij"), axis=-1).reshape(-1, 2).astype(np.int64)
    inside = (np.arange(MARK_PX)[:, None] * wide + np.arange(MARK_PX)).ravel()
    pixels = (corners[:, :1] * wide + corners[:, 1:]) + inside
    weights = ground.visible.ravel().take(pixels)
    seen = weights.mean(axis=1) >= LEAST_VISIBLE
    corners, pixels, weights = corners[seen], pixels[seen], weights[seen]
    values, sizes = slopes.ravel().take(pixels), weights.sum(axis=1, keepdims=True)
    levelled = (values - (values * weights).sum(axis=1, keepdims=True) / sizes) * weights
    texture = np.sqrt((levelled**2).sum(axis=1, keepdims=True) / sizes)
    good = texture[:, 0] >= LEAST_TEXTURE
    return corners[good], pixels[good], weights[good], levelled[good] / texture[good] / sizes[good]


def _between(lines: Plane, at: Indexes) -> Plane:
    """By how much the best place lies beside `at` (marks), by a parabola through its neighbours in (marks, places)."""
    marks = np.arange(len(at))
    inner = np.clip(at, 1, PLACES - 2)
    before, here, after = (lines[marks, inner + step] for step in (-1, 0, 1))
    bend = np.minimum(before - 2 * here + after, -1e-6)
    return np.where(at == inner, np.clip((before - after) / bend / 2, -0.5, 0.5), 0.0).astype(np.float32)


def _framed(plane: Plane) -> Plane:
    return np.pad(plane, REACH_PX)
