"""A schematic map from coordinates alone: no tiles, no other server, no exact scale. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Literal

WIDTH, HEIGHT = 624, 440
MARGIN = 44  # room for what is written beside a point
HALF = 7  # of a point
NAME_GAP, NAME_WIDTH, NAME_HEIGHT = 10, 96, 16  # what a name beside a point takes
ALARM_GAP, ALARM_WIDTH, ALARM_LEFT_FROM = 22, 170, 400
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


Side = Literal["right", "left", ""]
SIDES: tuple[Side, ...] = ("right", "left")


@dataclass(frozen=True, slots=True)
class Box:
    """What stands from `left` to `right` around the height `y`."""

    left: int
    right: int
    y: int

    @property
    def is_inside(self) -> bool:
        """Whether the map ends nowhere before it."""
        return self.left >= 0 and self.right <= WIDTH

    def meets(self, other: "Box") -> bool:
        """Whether one runs over the other."""
        return self.left < other.right and other.left < self.right and abs(self.y - other.y) < NAME_HEIGHT


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


def beside(places: Sequence[Placed], alarms: Sequence[Placed] = ()) -> tuple[Side, ...]:
    """For each place on which side its name runs over no place, no name before it and no edge; "" where on neither.

    What is written beside `alarms` goes before. A place where one of them is has its name there already.
    """
    written = [label(at, ALARM_GAP, ALARM_WIDTH, alarm_side(at)) for at in alarms]
    points = [(at, Box(at.x - HALF, at.x + HALF, at.y)) for at in places]
    sides: list[Side] = []
    for at in places:
        there = any((at.x, at.y) == (alarm.x, alarm.y) for alarm in alarms)
        taken = [*written, *(box for other, box in points if other is not at)]
        boxes = [] if there else [(side, label(at, NAME_GAP, NAME_WIDTH, side)) for side in SIDES]
        free = next(((side, box) for side, box in boxes if box.is_inside and not any(map(box.meets, taken))), None)
        sides.append(free[0] if free else "")
        written += [free[1]] if free else []
    return tuple(sides)


def alarm_side(at: Placed) -> Side:
    """Where what is said of an alarm stands: in the right third of the map to the left of it."""
    return "left" if at.x > ALARM_LEFT_FROM else "right"


def label(at: Placed, gap: int, width: int, side: Side) -> Box:
    """What a text of that width takes beside a point."""
    if side == "left":
        return Box(at.x - gap - width, at.x - gap, at.y)
    return Box(at.x + gap, at.x + gap + width, at.y)


def _span(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values, default=0.0), max(values, default=0.0)
    missing = max(SMALLEST_SPAN - (high - low), 0) / 2
    return low - missing, high + missing


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)


def _arrow(east: int, north: int) -> str:
    return ("↙↓↘", "← →", "↖↑↗")[north + 1][east + 1].strip()
