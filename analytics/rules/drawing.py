"""Where everything of the review's chart and seat map stands. Pure numbers; the template only writes them down."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import ceil, floor
from typing import Final

from analytics.rules.evidence import BAND_SD, Evidence, EvidenceDay

WIDTH: Final = 992
LEFT: Final = 44
RIGHT: Final = 982
TOP: Final = 26.0  # room for the word at the crossing, above every point
BOTTOM: Final = 156.0
EWMA_TOP: Final = 8.0
EWMA_BOTTOM: Final = 52.0
MOST_LABELS: Final = 9
MOST_TICKS: Final = 6
TICK_STEPS: Final = (2, 5, 10, 20, 50, 100)
LABEL_ROOM: Final = 220  # a label at the crossing is written left of it where there is room


@dataclass(frozen=True)
class Tick:
    at: float
    label: float


@dataclass(frozen=True)
class DateLabel:
    x: float
    day: date


@dataclass(frozen=True)
class Point:
    """A valid day: `above` the usual range or within; `low_y` and `high_y` span its lessons."""

    x: float
    y: float
    low_y: float
    high_y: float
    above: bool


@dataclass(frozen=True)
class Drawing:
    """The chart of days (in baseline standard deviations) and, beneath, the EWMA with its limit."""

    ticks: tuple[Tick, ...]
    labels: tuple[DateLabel, ...]
    band_top: float
    band_height: float
    mean_y: float
    points: tuple[Point, ...]
    gaps: tuple[float, ...]
    lines: tuple[str, ...]
    crossing_x: float
    crossing_left: bool
    baseline_x: float
    ewma: "EwmaDrawing"


@dataclass(frozen=True)
class EwmaDrawing:
    """The smoothed statistic as a line with the area beneath, its limit, and where it stands at the crossing."""

    line: str
    area: str
    limit_y: float
    point_y: float


def draw(evidence: Evidence) -> Drawing:
    """The chart of the evidence."""
    xs = _spread([day.day for day in evidence.days])
    span = _span(evidence)
    y = _scale(span, TOP, BOTTOM)
    points = [_point(day, xs[day.day], evidence, y) for day in evidence.days if day.value is not None]
    crossing_x = xs[evidence.crossed_on]
    return Drawing(
        ticks=tuple(Tick(y(value), value) for value in _tick_values(span)),
        labels=_labels(evidence.days, xs),
        band_top=y(BAND_SD),
        band_height=round(y(-BAND_SD) - y(BAND_SD), 1),
        mean_y=y(0.0),
        points=tuple(points),
        gaps=tuple(xs[day.day] for day in evidence.days if day.value is None),
        lines=_lines(evidence, xs, y),
        crossing_x=crossing_x,
        crossing_left=crossing_x > LEFT + LABEL_ROOM,
        baseline_x=xs[evidence.baseline_last],
        ewma=_ewma(evidence, xs),
    )


def _spread(days: Sequence[date]) -> dict[date, float]:
    step = (RIGHT - LEFT) / max(len(days), 1)
    return {day: round(LEFT + step * (number + 0.5), 1) for number, day in enumerate(days)}


def _span(evidence: Evidence) -> tuple[float, float]:
    """The lowest and highest value to show, in baseline standard deviations, at least the band and a bit."""
    shown = [value for day in evidence.days for value in (day.value, day.low, day.high) if value is not None]
    z = [(value - evidence.mean) / evidence.sd for value in shown]
    return min([-BAND_SD - 1, *z]), max([BAND_SD + 1, *z])


def _tick_values(span: tuple[float, float]) -> range:
    """Round values within the span, seven at most."""
    fitting = [step for step in TICK_STEPS if (span[1] - span[0]) / step <= MOST_TICKS]
    step = fitting[0] if fitting else ceil((span[1] - span[0]) / MOST_TICKS)
    return range(ceil(span[0] / step) * step, floor(span[1]) + 1, step)


def _scale(span: tuple[float, float], top: float, bottom: float) -> Callable[[float], float]:
    low, high = span
    return lambda value: round(bottom - (value - low) / (high - low) * (bottom - top), 1)


def _point(day: EvidenceDay, x: float, evidence: Evidence, y: Callable[[float], float]) -> Point:
    z = _z(day.value, evidence)
    low = z if day.low is None else _z(day.low, evidence)
    high = z if day.high is None else _z(day.high, evidence)
    return Point(x, y(z), y(low), y(high), above=z > BAND_SD)


def _z(value: float | None, evidence: Evidence) -> float:
    return ((value if value is not None else evidence.mean) - evidence.mean) / evidence.sd


def _lines(evidence: Evidence, xs: dict[date, float], y: Callable[[float], float]) -> tuple[str, ...]:
    """One path for each stretch of valid days: the line breaks across gaps."""
    stretches = [list(group) for valid, group in groupby(evidence.days, lambda d: d.value is not None) if valid]
    return tuple(_path([(xs[day.day], y(_z(day.value, evidence))) for day in stretch]) for stretch in stretches)


def _ewma(evidence: Evidence, xs: dict[date, float]) -> EwmaDrawing:
    values = [(xs[day.day], day.ewma) for day in evidence.days if day.ewma is not None]
    highest = max([evidence.limit * 1.4, *(value for _, value in values)])
    y = _scale((0.0, highest), EWMA_TOP, EWMA_BOTTOM)
    corners = [(x, y(max(value, 0.0))) for x, value in values]
    line = _path(corners)
    area = f"{line} L{corners[-1][0]},{EWMA_BOTTOM} L{corners[0][0]},{EWMA_BOTTOM} Z" if corners else ""
    at_crossing = dict(values).get(xs[evidence.crossed_on], evidence.limit)
    return EwmaDrawing(line, area, limit_y=y(evidence.limit), point_y=y(at_crossing))


def _labels(days: Sequence[EvidenceDay], xs: dict[date, float]) -> tuple[DateLabel, ...]:
    step = max(1, ceil(len(days) / MOST_LABELS))
    return tuple(DateLabel(xs[day.day], day.day) for day in days[::step])


def _path(corners: Sequence[tuple[float, float]]) -> str:
    return "M" + " L".join(f"{x},{y}" for x, y in corners) if corners else ""
