"""Where the totals of a history are drawn: one pupil's own, against the limits of the instrument's table alone."""

from dataclasses import dataclass
from datetime import datetime

from caseflow.instruments.rules.scoring import Axis

WIDTH, HEIGHT = 720, 200
LEFT, RIGHT, TOP, BOTTOM = 44, 704, 12, 164


@dataclass(frozen=True, slots=True)
class Dot:
    x: int
    y: int
    at: datetime
    total: int


@dataclass(frozen=True, slots=True)
class Level:
    """A horizontal line: an end of the scale, or a limit of the table."""

    y: int
    value: int
    is_limit: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    dots: tuple[Dot, ...]
    levels: tuple[Level, ...]
    line: str
    """The way through all dots, as an SVG path."""


def draw(totals: list[tuple[datetime, int]], axis: Axis) -> Drawing:
    """The drawing of one or more totals, in the order of time. Places are within `WIDTH` × `HEIGHT`."""
    first, last = totals[0][0], totals[-1][0]
    span = (last - first).total_seconds()
    dots = tuple(
        Dot(_across((at - first).total_seconds(), span), _down(total, axis), at, total) for at, total in totals
    )
    values = sorted({0, *axis.limits, axis.highest})
    levels = tuple(Level(_down(value, axis), value, value in axis.limits) for value in values)
    return Drawing(dots, levels, " ".join(f"{'L' if at else 'M'}{dot.x},{dot.y}" for at, dot in enumerate(dots)))


def _across(seconds: float, span: float) -> int:
    if not span:
        return (LEFT + RIGHT) // 2
    return round(LEFT + 24 + (RIGHT - LEFT - 48) * seconds / span)


def _down(total: int, axis: Axis) -> int:
    return round(BOTTOM - (BOTTOM - TOP) * total / axis.highest)
