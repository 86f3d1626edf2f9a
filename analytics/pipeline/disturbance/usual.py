"""What is usual before one camera, for each hour of the day: robust, bounded, and the same whenever computed anew."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from analytics.pipeline.disturbance.motion import Motion

# Ten minutes of motion at that hour, before anything is said about it.
LEAST_TAUGHT: Final = 300  # windows
# About two weeks of one hour in which half of the windows move; then the past is halved, so that the last weeks count
# most.
MOST_TAUGHT: Final = 9000
# Speeds are compared by their ratio: doublings above a speed that is as good as none.
STILL: Final = 0.01  # picture widths a second
DISORDER_SCALE: Final = 4.0  # so that all four lie on one axis
BIN: Final = 0.05
BINS: Final = 240
LEAST_SPREAD: Final = 0.3  # a camera that always sees the same would find the least change endlessly unusual
MAD_TO_SD: Final = 1.4826
LOWEST: Final = -4.0
HIGHEST: Final = 12.0  # no single figure says everything
FIGURES: Final = 4

CENTRES: Final = np.linspace(BIN / 2, (BINS - 0.5) * BIN, BINS, dtype=np.float64)

Counts = NDArray[np.int64]


class Usual:
    """How often which motion was seen, by hour: counts (figures, bins)."""

    def __init__(self, hours: Mapping[int, Counts] | None = None) -> None:
        self._hours: dict[int, Counts] = dict(hours or {})

    def teach(self, hour: int, motion: Motion) -> None:
        """One more window of that hour that was no event."""
        counts = self._hours.setdefault(hour, np.zeros((FIGURES, BINS), np.int64))
        counts[np.arange(FIGURES), _bins(motion)] += 1
        if counts[0].sum() > MOST_TAUGHT:
            counts //= 2

    def taught(self, hour: int) -> int:
        """How many windows of that hour count."""
        counts = self._hours.get(hour)
        return 0 if counts is None else int(counts[0].sum())

    def score(self, hour: int, motion: Motion) -> float | None:
        """By how many robust standard deviations the motion is above the usual of that hour, the mean over its
        figures; None while too little is known of the hour."""
        if self.taught(hour) < LEAST_TAUGHT:
            return None
        middles, spreads = zip(*(_middle_and_spread(row) for row in self._hours[hour]), strict=True)
        deviations = (_scaled(motion) - np.array(middles)) / np.array(spreads)
        return float(np.clip(deviations, LOWEST, HIGHEST).mean())

    def to_json(self) -> dict[str, list[dict[str, int]]]:
        """Counts by hour, the empty bins left out."""
        return {
            str(hour): [{str(at): int(row[at]) for at in np.flatnonzero(row)} for row in counts]
            for hour, counts in sorted(self._hours.items())
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Usual":
        """Raises ValueError, KeyError, TypeError or IndexError for what `to_json` never wrote."""
        hours: dict[int, Counts] = {}
        for hour, rows in kept.items():
            counts = np.zeros((FIGURES, BINS), np.int64)
            for row, there in zip(counts, rows, strict=True):
                for at, number in there.items():
                    row[int(at)] = number
            hours[int(hour)] = counts
        return cls(hours)


def _scaled(motion: Motion) -> NDArray[np.float64]:
    *speeds, disorder = motion.figures()
    return np.array([*np.log2(1 + np.array(speeds) / STILL), disorder * DISORDER_SCALE])


def _bins(motion: Motion) -> NDArray[np.int64]:
    return np.clip((_scaled(motion) / BIN).astype(np.int64), 0, BINS - 1)


def _middle_and_spread(row: Counts) -> tuple[float, float]:
    middle = _median(CENTRES, row)
    return middle, max(MAD_TO_SD * _median(np.abs(CENTRES - middle), row), LEAST_SPREAD)


def _median(values: NDArray[np.floating[Any]], weights: Counts) -> float:
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(reached, reached[-1] / 2)])
