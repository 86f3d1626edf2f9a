"""Where seats and names stand on the drawn map of a lesson. Pure numbers; the template only writes them down."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from analytics.rules.geometry import Polygon

WIDTH: Final = 360.0  # units; about one to a point on a phone
MARGIN: Final = 6.0
SAME_ROW: Final = 0.6  # of a seat's height
ROOM_FOR_A_NAME: Final = 54.0


@dataclass(frozen=True, slots=True)
class MapSeat:
    """A seat's outline as SVG points, and where its name is centred."""

    points: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class SeatMap:
    """The seats cut out of the frame. `dense`: names of neighbours would touch on a phone."""

    height: float
    seats: tuple[MapSeat, ...]
    dense: bool

    width: float = WIDTH


def lay_out(polygons: Sequence[Polygon]) -> SeatMap:
    """The map of these seats, in their order."""
    if not polygons:
        return SeatMap(0.0, (), dense=False)
    left, right = _span(polygons, 0)
    top, bottom = _span(polygons, 1)
    scale = (WIDTH - 2 * MARGIN) / max(right - left, 1.0)
    moved = [[(MARGIN + (x - left) * scale, MARGIN + (y - top) * scale) for x, y in each] for each in polygons]
    seats = tuple(_seat(polygon) for polygon in moved)
    height = round(2 * MARGIN + (bottom - top) * scale, 1)
    return SeatMap(height, seats, dense=_is_dense(moved, seats))


def _span(polygons: Sequence[Polygon], axis: int) -> tuple[float, float]:
    values = [point[axis] for polygon in polygons for point in polygon]
    return min(values), max(values)


def _seat(polygon: Polygon) -> MapSeat:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in polygon)
    (left, right), (top, bottom) = _span([polygon], 0), _span([polygon], 1)
    return MapSeat(points, round((left + right) / 2, 1), round((top + bottom) / 2, 1))


def _is_dense(polygons: Sequence[Polygon], seats: Sequence[MapSeat]) -> bool:
    tallest = max(bottom - top for top, bottom in (_span([polygon], 1) for polygon in polygons))
    return any(
        abs(one.x - other.x) < ROOM_FOR_A_NAME and abs(one.y - other.y) < SAME_ROW * tallest
        for one, other in combinations(seats, 2)
    )
