"""Watches one camera picture by picture and tells of unusual motion, each time with the clip out of memory."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from analytics.pipeline.disturbance.course import Course, Reading
from analytics.pipeline.disturbance.memory import KeptFrame, Memory
from analytics.pipeline.disturbance.motion import FlowMeter
from analytics.pipeline.disturbance.windows import WINDOW, Windower
from analytics.pipeline.images import Image

INTERVAL_S: Final = 0.1
# An event is told when it is over, with the strongest seconds of it, at the latest after so long.
LATEST: Final = timedelta(seconds=30)
STATE_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Disturbance:
    """Unusual motion. `at` is when its strongest seconds ended, `strength` in robust standard deviations above the
    camera's usual of that hour; `frames` are the last twelve seconds up to then."""

    at: datetime
    strength: float
    frames: tuple[KeptFrame, ...] = field(repr=False)


class DisturbanceWatch:
    """Takes pictures of one camera, about ten a second, with their local time (aware): the hour of the day counts.

    `state` is what `state()` gave: a process that was killed goes on with what is usual, not with the pictures.
    Not safe for two threads. Takes about 4 ms of one core for a picture of 1280 by 720 (make bench-disturbance).
    """

    def __init__(self, state: Mapping[str, Any] | None = None) -> None:
        self._course = _course(state)
        self._meter, self._windower, self._memory = FlowMeter(), Windower(), Memory()
        self._strongest: Disturbance | None = None
        self._told = self._course.began is not None  # what was under way when the process died is not told of
        self.readings: list[Reading] = []

    def see(self, at: datetime, image: Image) -> list[Disturbance]:
        """One more picture (BGR). Returns the event that has ended, if one has; `readings` are then of the windows that
        this picture ended. Raises ValueError for a time without a zone."""
        if at.tzinfo is None:
            raise ValueError("the hour of the day needs a zone")
        self._memory.keep(at, image)
        step = self._meter.see(at, image)
        self.readings = [self._course.take(window) for window in self._windower.take(at, step)]
        return [told for reading in self.readings for told in self._after(reading)]

    def state(self) -> dict[str, Any]:
        """What is needed to go on, as JSON holds it."""
        return {"version": STATE_VERSION, **self._course.to_json()}

    def _after(self, reading: Reading) -> Iterator[Disturbance]:
        began = self._course.began
        if reading.strength is not None and not self._told:
            strongest = self._strongest
            if strongest is None or reading.strength > strongest.strength:
                ended = reading.window.start + WINDOW
                self._strongest = Disturbance(ended, reading.strength, self._memory.frames())
        if self._strongest and (began is None or reading.window.start - began >= LATEST):
            yield self._strongest
            self._strongest, self._told = None, True
        if began is None:
            self._told = False


def _course(state: Mapping[str, Any] | None) -> Course:
    """A state of another version, or a spoilt one, is no ground to stop watching: what is usual is learnt anew."""
    if not state or state.get("version") != STATE_VERSION:
        return Course()
    try:
        return Course.from_json(state)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        return Course()
