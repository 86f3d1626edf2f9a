"""Keeps watching a camera: calls it again whenever it is lost, and knows how it is."""

from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from threading import Event, Lock
from time import monotonic
from typing import Final

from analytics.pipeline.cameras.live import LiveCamera
from analytics.pipeline.errors import PipelineError
from analytics.pipeline.stillness import Stillness
from analytics.pipeline.video import SampledFrame

AGAIN_S: Final = 1.0
STALLED_S: Final = 3.0
FROZEN_S: Final = 30.0
RATE_OVER_S: Final = 10.0
LOOKED_BACK_S: Final = 3600.0


class Condition(StrEnum):
    """FROZEN: pictures come and are always the same one. Neither that nor BLIND ever counts as calm."""

    CALLING = "calling"
    SEEING = "seeing"
    FROZEN = "frozen"
    BLIND = "blind"


@dataclass(frozen=True, slots=True)
class Health:
    """How a camera is. `since_s` is for how long, `unseen_s` how long no picture has come (None: never one), `trouble`
    the code of what ended it last (empty while it is seen); stalls and reconnects are those of the last hour."""

    condition: Condition
    since_s: float
    unseen_s: float | None
    trouble: str
    pictures_a_second: float
    stalls: int
    reconnects: int


class Watch:
    """Takes down what is seen of one camera. Told by one thread, asked by any. `now` is a steady clock."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now, self._door = now, Lock()
        self._began = now()
        self._seen_at: float | None = None
        self._changed_at = self._cleared_at = self._began
        self._stillness = Stillness()
        self._counted: deque[tuple[float, int]] = deque()
        self._stalls: deque[float] = deque()
        self._reconnects: deque[float] = deque()
        self._trouble = ""

    def see(self, frame: SampledFrame, pictures: int) -> None:
        """A sampled frame came; `pictures` came in all since the camera was called."""
        with self._door:
            now = self._now()
            if self._seen_at is not None and now - self._seen_at > STALLED_S:
                self._stalls.append(now)
            if self._condition(now)[0] != Condition.SEEING:
                self._cleared_at = now
            if self._stillness.is_new(frame.image):
                self._changed_at = now
            if self._trouble and self._seen_at is not None:
                self._reconnects.append(now)
            self._seen_at, self._trouble = now, ""
            self._counted.append((now, pictures))
            self._forget(now)

    def lose(self, trouble: str) -> None:
        """The camera is lost, or could not be reached; `trouble` is the code of the error."""
        with self._door:
            self._trouble = trouble
            self._counted.clear()

    def health(self) -> Health:
        with self._door:
            now = self._now()
            self._forget(now)
            condition, since = self._condition(now)
            unseen_s = None if self._seen_at is None else now - self._seen_at
            hour = len(self._stalls), len(self._reconnects)
            return Health(condition, now - since, unseen_s, self._trouble, self._rate(), *hour)

    def _condition(self, now: float) -> tuple[Condition, float]:
        """The condition and since when."""
        if self._seen_at is None:
            return Condition.CALLING, self._began
        if self._trouble or now - self._seen_at > STALLED_S:
            return Condition.BLIND, self._seen_at
        if now - self._changed_at >= FROZEN_S:
            return Condition.FROZEN, self._changed_at
        return Condition.SEEING, self._cleared_at

    def _rate(self) -> float:
        if len(self._counted) < 2:
            return 0.0
        (began, before), (ended, after) = self._counted[0], self._counted[-1]
        return (after - before) / (ended - began) if ended > began else 0.0

    def _forget(self, now: float) -> None:
        while len(self._counted) > 2 and self._counted[0][0] < now - RATE_OVER_S:
            self._counted.popleft()
        for times in (self._stalls, self._reconnects):
            while times and times[0] < now - LOOKED_BACK_S:
                times.popleft()


def keep_watching(
    call: Callable[[], AbstractContextManager[LiveCamera]],
    watch: Watch,
    on_frame: Callable[[SampledFrame], None],
    stop: Event,
) -> None:
    """Watch until `stop` is set, calling the camera again a second after each loss. Ends within a frame of `stop`."""
    while not stop.is_set():
        try:
            with call() as camera:
                for frame in camera.frames():
                    watch.see(frame, camera.counts.pictures)
                    on_frame(frame)
                    if stop.is_set():
                        return
        except PipelineError as error:
            watch.lose(error.code)
        stop.wait(AGAIN_S)
