"""A schematic map from coordinates alone: no tiles, no other server, no exact scale. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

WIDTH, HEIGHT = 624, 440
MARGIN = 44  # room for what is written beside a point
NAME_WIDTH, NAME_HEIGHT = 100, 16  # what a name beside a point takes
EDGE = 16  # how far from the edge stands what lies outside
SMALLEST_SPAN = 0.01  # degrees, about a kilometre: below it a single place would fill the map


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees of latitude and longitude, WGS 84."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a point stands on the map, in its units, x to the right and y down. `arrow` leads on to one outside."""

    x: int
    y: int
    arrow: str = ""


class Scheme:
    """Fits the points of a territory into the map, north up, with the same scale both ways."""

    def __init__(self, territory: Sequence[Point]) -> None:
        south, north = _span([point.latitude for point in territory])
        west, east = _span([point.longitude for point in territory])
        self._middle = Point((south + north) / 2, (west + east) / 2)
        self._narrowing = max(cos(radians(self._middle.latitude)), 0.01)  # a degree of longitude is shorter here
        room_x, room_y = WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN
        self._scale = min(room_x / ((east - west) * self._narrowing), room_y / (north - south))

    def place(self, point: Point) -> Placed:
        """Where the point stands; one that lies outside is brought to the edge, with an arrow towards it."""
        x = WIDTH / 2 + (point.longitude - self._middle.longitude) * self._narrowing * self._scale
        y = HEIGHT / 2 - (point.latitude - self._middle.latitude) * self._scale
        within_x = min(max(x, EDGE), WIDTH - EDGE)
        within_y = min(max(y, EDGE), HEIGHT - EDGE)
        return Placed(round(within_x), round(within_y), _arrow(_sign(x - within_x), _sign(within_y - y)))


def apart(places: Sequence[Placed]) -> tuple[bool, ...]:
    """For each place whether a name beside it would cover no place and no name before it."""
    written: list[Placed] = []
    free = []
    for at in places:
        others = [*written, *(other for other in places if other is not at and _covers(at, other))]
        free.append(not any(_covers(at, other) or _covers(other, at) for other in others))
        if free[-1]:
            written.append(at)
    return tuple(free)


def _covers(named: Placed, other: Placed) -> bool:
    """Whether the name, written to the right of its place, runs over the other place."""
    return 0 <= other.x - named.x < NAME_WIDTH and abs(other.y - named.y) < NAME_HEIGHT


def _span(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values, default=0.0), max(values, default=0.0)
    missing = max(SMALLEST_SPAN - (high - low), 0) / 2
    return low - missing, high + missing


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)


def _arrow(east: int, north: int) -> str:
    return ("↙↓↘", "← →", "↖↑↗")[north + 1][east + 1].strip()
