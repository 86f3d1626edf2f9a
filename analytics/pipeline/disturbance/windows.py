"""Windows of two seconds: the medians of what moved in them, or why it could not be told."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from typing import Final

from analytics.pipeline.disturbance.motion import Condition, Motion, Step

WINDOW: Final = timedelta(seconds=2)
LEAST_STEPS: Final = 8  # of twenty at ten pictures a second
LEAST_SEEN: Final = 0.75
MOST_FROZEN: Final = 0.5
MOST_MISSING: Final = 5  # windows without a picture that are told one by one; after them nothing before counts any more


@dataclass(frozen=True, slots=True)
class MotionWindow:
    """Two seconds from `start` on; `motion` is None unless the condition is SEEN."""

    start: datetime
    condition: Condition
    motion: Motion | None = None


@dataclass(slots=True)
class Windower:
    """Gathers steps in the order of time."""

    _start: datetime | None = None
    _steps: list[Step] = field(default_factory=list)

    def take(self, at: datetime, step: Step | None) -> Iterator[MotionWindow]:
        """The windows that have ended before this step, oldest first. `step` is None for the first picture.

        Time that runs backwards begins anew, as after a pause.
        """
        start = self._start
        if start is None:
            self._start = start = at
        elif at < start or at - start >= WINDOW * (MOST_MISSING + 1):
            yield from self._closed(start, MOST_MISSING)
            self._start, step = at, None
        else:
            ended = (at - start) // WINDOW
            if ended:
                yield from self._closed(start, ended - 1)
                self._start = start + ended * WINDOW
        if step is not None:
            self._steps.append(step)

    def _closed(self, start: datetime, missing: int) -> Iterator[MotionWindow]:
        yield window_of(start, self._steps)
        self._steps = []
        for number in range(1, missing + 1):
            yield MotionWindow(start + number * WINDOW, Condition.GAP)


def window_of(start: datetime, steps: list[Step]) -> MotionWindow:
    """The window of these steps. The median, for one picture that an encoder drew anew moves everywhere at once."""
    counts = Counter(step.condition for step in steps)
    if counts[Condition.FROZEN] > MOST_FROZEN * len(steps):
        return MotionWindow(start, Condition.FROZEN)
    told = len(steps) - counts[Condition.FROZEN]
    if counts[Condition.SEEN] < LEAST_SEEN * told:
        bad = [condition for condition in Condition if condition not in (Condition.SEEN, Condition.FROZEN)]
        return MotionWindow(start, max(bad, key=lambda condition: counts[condition]))
    motions = [step.motion.figures() for step in steps if step.motion is not None]
    if len(motions) < LEAST_STEPS:
        return MotionWindow(start, Condition.GAP)
    return MotionWindow(start, Condition.SEEN, Motion(*(median(column) for column in zip(*motions, strict=True))))
