"""Seats as polygons. Points are fractions of the frame (0..1, origin top left), so a plan fits any resolution."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from analytics.pipeline.images import Image

Floats: TypeAlias = npt.NDArray[np.float64]
Point: TypeAlias = tuple[float, float]
Outline: TypeAlias = tuple[Point, ...]

SMALLEST_SEAT_AREA_SHARE = 1e-4
# First guess for a polygon around head and shoulders, until the seat is calibrated on a real lesson (own policy).
FACE_SHARE_OF_SEAT_HEIGHT = 0.45
SHORTEST_EDGE_PX = 1e-6


class OutlineProblem(StrEnum):
    TOO_FEW_POINTS = "too_few_points"
    OUTSIDE_FRAME = "outside_frame"
    NO_AREA = "no_area"
    CROSSES_ITSELF = "crosses_itself"


class InvalidSeatError(ValueError):
    """The outline or the calibrated face height of a seat makes no sense."""


@dataclass(frozen=True)
class Seat:
    """One seat of a plan. `face_height_share` is the calibrated face height as a share of the frame's height."""

    seat_id: str
    outline: Outline
    face_height_share: float

    def __post_init__(self) -> None:
        problem = outline_problem(self.outline)
        if problem:
            raise InvalidSeatError(f"seat {self.seat_id}: {problem}")
        if not 0 < self.face_height_share <= 1:
            raise InvalidSeatError(f"seat {self.seat_id}: face height {self.face_height_share}")

    def face_height_px(self, frame_height_px: int) -> float:
        """The face height to expect in a video of that height, to be held against the 72 px of the AI card."""
        return self.face_height_share * frame_height_px


@dataclass(frozen=True)
class SeatPlan:
    """All seats of one camera, and width / height of the still they were drawn on."""

    seats: tuple[Seat, ...]
    aspect_ratio: float

    def __post_init__(self) -> None:
        if len({seat.seat_id for seat in self.seats}) != len(self.seats):
            raise InvalidSeatError("two seats with one id")

    @property
    def seat_ids(self) -> tuple[str, ...]:
        return tuple(seat.seat_id for seat in self.seats)

    def fits(self, width_px: int, height_px: int) -> bool:
        """Whether a frame has the plan's shape, within 2 %: a cropped or turned video does not."""
        return abs(width_px / height_px / self.aspect_ratio - 1) <= 0.02


def outline_problem(outline: Sequence[Point]) -> OutlineProblem | None:
    """What is wrong with an outline, or None. A seat editor asks this before it saves."""
    if len(set(outline)) < 3 or len(set(outline)) != len(outline):
        return OutlineProblem.TOO_FEW_POINTS
    if not all(0 <= value <= 1 for point in outline for value in point):
        return OutlineProblem.OUTSIDE_FRAME
    if area_share(outline) < SMALLEST_SEAT_AREA_SHARE:
        return OutlineProblem.NO_AREA
    return OutlineProblem.CROSSES_ITSELF if _crosses_itself(outline) else None


def area_share(outline: Sequence[Point]) -> float:
    """Area as a share of the frame (shoelace formula)."""
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in _edges(outline))) / 2


def estimated_face_height_share(outline: Sequence[Point]) -> float:
    """A first guess of the face height for a polygon drawn around head and shoulders."""
    heights = [y for _, y in outline]
    return (max(heights) - min(heights)) * FACE_SHARE_OF_SEAT_HEIGHT


def rasterise(outline: Outline, width_px: int, height_px: int, reach_px: float = 0.0) -> Image:
    """A (height, width) image, 255 on every pixel whose centre lies at most `reach_px` from the polygon, else 0.

    Exact, unlike cv2.fillPoly, which was seen to miss pixels of slivers and of polygons at the frame's edge.
    """
    corners = np.array(outline, dtype=np.float64) * (width_px, height_px)
    low = np.maximum(np.floor(corners.min(axis=0) - reach_px), 0).astype(int)
    high = np.minimum(np.ceil(corners.max(axis=0) + reach_px), (width_px, height_px)).astype(int)
    ys, xs = np.mgrid[low[1] : high[1], low[0] : high[0]] + 0.5
    inside = np.zeros(xs.shape, dtype=bool)
    near = np.zeros(xs.shape, dtype=bool)
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        inside ^= _left_of_edge(xs, ys, start, end)
        near |= _squared_distance(xs, ys, start, end) <= reach_px**2
    image = np.zeros((height_px, width_px), dtype=np.uint8)
    image[low[1] : high[1], low[0] : high[0]] = np.where(inside | near, 255, 0)
    return image


def _left_of_edge(xs: Floats, ys: Floats, start: Floats, end: Floats) -> npt.NDArray[np.bool_]:
    """Where a ray to the right crosses the edge; an odd number of crossings means inside."""
    crosses: npt.NDArray[np.bool_] = (start[1] > ys) != (end[1] > ys)
    if start[1] != end[1]:
        crosses &= xs < start[0] + (ys - start[1]) / (end[1] - start[1]) * (end[0] - start[0])
    return crosses


def _squared_distance(xs: Floats, ys: Floats, start: Floats, end: Floats) -> Floats:
    """Of points to the segment from start to end."""
    along_x, along_y = end - start
    share = ((xs - start[0]) * along_x + (ys - start[1]) * along_y) / max(along_x**2 + along_y**2, SHORTEST_EDGE_PX**2)
    held = np.clip(share, 0, 1)
    squared: Floats = (xs - start[0] - held * along_x) ** 2 + (ys - start[1] - held * along_y) ** 2
    return squared


def _edges(outline: Sequence[Point]) -> list[tuple[Point, Point]]:
    return list(pairwise([*outline, outline[0]]))


def _crosses_itself(outline: Sequence[Point]) -> bool:
    edges = _edges(outline)
    return any(_cross(*first, *second) for first, second in combinations(edges, 2) if not set(first) & set(second))


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether the segments a-b and c-d meet, touching included."""
    straddle = _turn(a, b, c) * _turn(a, b, d) <= 0 and _turn(c, d, a) * _turn(c, d, b) <= 0
    return straddle and all(_ranges_meet(a[axis], b[axis], c[axis], d[axis]) for axis in (0, 1))


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _ranges_meet(a: float, b: float, c: float, d: float) -> bool:
    return max(min(a, b), min(c, d)) <= min(max(a, b), max(c, d))
