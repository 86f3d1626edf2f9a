"""When unusual motion is an event: at least three of five consecutive windows exceed the camera's usual."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import fmean
from typing import Any, Final

from analytics.pipeline.disturbance.motion import Condition, Motion
from analytics.pipeline.disturbance.usual import Usual
from analytics.pipeline.disturbance.windows import MotionWindow

SPAN: Final = 5
LEAST_EXCEEDING: Final = 3
LIMIT: Final = 3.5  # robust standard deviations
# Picture widths a second: who strolls through a view six metres wide has twice that. Where nothing is faster nobody is
# there: such windows are calm, and no measure of what is usual when somebody is. Beside an empty corridor, which most
# are most of the time, everybody who walks by would be unusual.
LEAST_FAST: Final = 0.1
# What goes on for longer is a game, a crowd or a new timetable, and becomes usual: it teaches again.
LONGEST: Final = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was made of a window. `score` is None where it could not be told; `learning`: too little is known of the
    hour; `in_event`: it belongs to an event. `strength` is that of the event under way, None while there is none."""

    window: MotionWindow
    score: float | None
    exceeds: bool
    learning: bool
    in_event: bool = False
    strength: float | None = None


class Course:
    """Follows the windows of one camera, in the order of time. `usual` is taught by those in which something moves and
    that are part of no event, once they have left the span in which they might become part of one."""

    def __init__(self, usual: Usual | None = None) -> None:
        self.usual = usual or Usual()
        self._span: deque[Reading] = deque()
        self._began: datetime | None = None

    @property
    def began(self) -> datetime | None:
        """When the event under way was found; None while there is none."""
        return self._began

    def take(self, window: MotionWindow) -> Reading:
        """One more window."""
        if len(self._span) == SPAN:
            self._teach(self._span.popleft())
        self._span.append(self._read(window))
        exceeding = [reading.score for reading in self._span if reading.exceeds and reading.score is not None]
        if len(exceeding) < LEAST_EXCEEDING:
            self._began = None
            return self._span[-1]
        self._began = self._began or window.start
        if window.start - self._began < LONGEST:
            self._span = deque(replace(reading, in_event=True) for reading in self._span)
        self._span[-1] = replace(self._span[-1], strength=fmean(sorted(exceeding)[-LEAST_EXCEEDING:]))
        return self._span[-1]

    def _read(self, window: MotionWindow) -> Reading:
        if window.motion is None:
            return Reading(window, None, exceeds=False, learning=False)
        score = self.usual.score(window.start.hour, window.motion)
        exceeds = score is not None and score >= LIMIT and window.motion.fast >= LEAST_FAST
        return Reading(window, score, exceeds=exceeds, learning=score is None)

    def _teach(self, reading: Reading) -> None:
        motion = reading.window.motion
        if motion is not None and motion.fast >= LEAST_FAST and not reading.in_event:
            self.usual.teach(reading.window.start.hour, motion)

    def to_json(self) -> dict[str, Any]:
        """Everything that is needed to go on."""
        return {
            "usual": self.usual.to_json(),
            "span": [_kept(reading) for reading in self._span],
            "began": self._began and self._began.isoformat(),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Course":
        """Raises ValueError, KeyError, TypeError or IndexError for what `to_json` never wrote."""
        course = cls(Usual.from_json(kept["usual"]))
        course._span.extend(_reading(each) for each in kept["span"])
        course._began = datetime.fromisoformat(kept["began"]) if kept["began"] else None
        return course


def _kept(reading: Reading) -> dict[str, Any]:
    window = reading.window
    return {
        "start": window.start.isoformat(),
        "condition": window.condition.value,
        "motion": list(window.motion.figures()) if window.motion else None,
        "score": reading.score,
        "exceeds": reading.exceeds,
        "learning": reading.learning,
        "in_event": reading.in_event,
        "strength": reading.strength,
    }


def _reading(kept: Mapping[str, Any]) -> Reading:
    motion = Motion(*kept["motion"]) if kept["motion"] else None
    window = MotionWindow(datetime.fromisoformat(kept["start"]), Condition(kept["condition"]), motion)
    said = {name: kept[name] for name in ("score", "exceeds", "learning", "in_event", "strength")}
    return Reading(window, **said)
