"""Where the small chart of a case page stands. Pure numbers; the template only writes them down."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from analytics.rules.evidence import BAND_SD

WIDTH: Final = 312  # as wide as the side column, so that its text is not scaled
TOP: Final = 22.0  # room for the word at the crossing
BOTTOM: Final = 112.0
MARGIN: Final = 6.0
SHOWN_DAYS: Final = 30
LABELS: Final = 4
EDGE: Final = 18.0  # half a date: a label may not be cut off at the side
LABEL_ROOM: Final = 150

Days = Sequence[tuple[date, float | None]]


@dataclass(frozen=True)
class Usual:
    """The pupil's own usual range in units of the day statistic: mean and standard deviation of the baseline."""

    mean: float
    sd: float

    @property
    def low(self) -> float:
        return self.mean - BAND_SD * self.sd

    @property
    def high(self) -> float:
        return self.mean + BAND_SD * self.sd


@dataclass(frozen=True)
class TrendPoint:
    x: float
    y: float
    above: bool


@dataclass(frozen=True)
class TrendBand:
    top: float
    height: float
    mean_y: float


@dataclass(frozen=True)
class TrendLabel:
    x: float
    day: date


@dataclass(frozen=True)
class Trend:
    """The last days of a series: the line's stretches, its points, the days without data, the band if it is known."""

    lines: tuple[str, ...]
    points: tuple[TrendPoint, ...]
    gaps: tuple[float, ...]
    labels: tuple[TrendLabel, ...]
    band: TrendBand | None
    crossing_x: float | None
    crossing_left: bool
    first: date
    last: date


def draw_trend(days: Days, usual: Usual | None = None, crossed_on: date | None = None) -> Trend | None:
    """The trend of (day, value or None), at most `SHOWN_DAYS` of them; None without a valid day among them.

    A crossing before the days shown is left out. Without `usual` no point counts as above.
    """
    shown = days[-SHOWN_DAYS:]
    values = [value for _, value in shown if value is not None]
    if not values:
        return None
    xs, y = _spread([day for day, _ in shown]), _scale(values, usual)
    crossing_x = xs.get(crossed_on) if crossed_on else None
    return Trend(
        lines=_lines(shown, xs, y),
        points=tuple(_point(xs[day], value, y, usual) for day, value in shown if value is not None),
        gaps=tuple(xs[day] for day, value in shown if value is None),
        labels=_labels(xs),
        band=_band(usual, y) if usual else None,
        crossing_x=crossing_x,
        crossing_left=crossing_x is not None and crossing_x > LABEL_ROOM,
        first=shown[0][0],
        last=shown[-1][0],
    )


def _spread(days: Sequence[date]) -> dict[date, float]:
    step = (WIDTH - 2 * MARGIN) / len(days)
    return {day: round(MARGIN + step * (number + 0.5), 1) for number, day in enumerate(days)}


def _scale(values: Sequence[float], usual: Usual | None) -> Callable[[float], float]:
    shown = [*values, usual.low, usual.high] if usual else list(values)
    low, high = min(shown), max(max(shown), min(shown) + 1)
    return lambda value: round(BOTTOM - (value - low) / (high - low) * (BOTTOM - TOP), 1)


def _point(x: float, value: float, y: Callable[[float], float], usual: Usual | None) -> TrendPoint:
    return TrendPoint(x, y(value), above=usual is not None and value > usual.high)


def _band(usual: Usual, y: Callable[[float], float]) -> TrendBand:
    return TrendBand(y(usual.high), round(y(usual.low) - y(usual.high), 1), y(usual.mean))


def _lines(days: Days, xs: dict[date, float], y: Callable[[float], float]) -> tuple[str, ...]:
    """One path for each stretch of valid days: the line breaks across days without data."""
    stretches = [list(group) for valid, group in groupby(days, lambda day: day[1] is not None) if valid]
    return tuple("M" + " L".join(f"{xs[day]},{y(value)}" for day, value in each if value is not None)
                 for each in stretches)  # fmt: skip


def _labels(xs: dict[date, float]) -> tuple[TrendLabel, ...]:
    step = -(-len(xs) // LABELS)
    return tuple(TrendLabel(max(x, EDGE), day) for day, x in list(xs.items())[::step])
