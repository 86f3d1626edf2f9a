"""A corridor or yard camera that is watched: what moves unusually becomes a clip in the queue (rule 12)."""

import logging
from datetime import datetime
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Final

from django.db import OperationalError, connection
from django.utils import timezone

from analytics.pipeline.disturbance.watching import INTERVAL_S, Disturbance, DisturbanceWatch
from analytics.pipeline.video import SampledFrame
from analytics.selectors.disturbances import is_watched
from analytics.services.disturbances import keep_motion, recall_motion, take_event
from caseflow.directory.models import Camera

LOOK_UP_EVERY_S: Final = 5.0
KEEP_EVERY_S: Final = 60.0
ENDING_S: Final = 20.0
MOST_WAITING: Final = 3  # events whose clips are not drawn yet; each holds some megabytes

log = logging.getLogger(__name__)


class CorridorMotion:
    """Watches the motion before one camera while its school has that switched on.

    `see` is told by the thread that hears the camera, `tend` and `end` by another; clips are drawn in a third one, so
    that no picture waits for it.
    """

    interval_s = INTERVAL_S

    def __init__(self, camera: Camera) -> None:
        self._camera_id = camera.pk
        self._watch: DisturbanceWatch | None = None
        self._looked_at = self._kept_at = float("-inf")
        self._events: SimpleQueue[Disturbance | None] = SimpleQueue()
        self._drawing = Thread(target=self._draw, name="clips", daemon=True)

    def see(self, frame: SampledFrame) -> None:
        """A frame of this moment."""
        watch = self._watch
        for event in watch.see(timezone.localtime(), frame.image) if watch else ():
            if self._events.qsize() < MOST_WAITING:
                self._events.put(event)

    def tend(self, _now: datetime) -> None:
        """Begin or end with the switch; keep what is usual now and then."""
        moment = monotonic()
        if moment - self._looked_at < LOOK_UP_EVERY_S:
            return
        self._looked_at = moment
        if is_watched(self._camera_id) != (self._watch is not None):
            self._turn()
        if self._watch is not None and moment - self._kept_at >= KEEP_EVERY_S:
            self._kept_at = moment
            keep_motion(self._camera_id, self._watch.state())

    def end(self) -> None:
        """The camera is watched no more; a clip that is being drawn is finished."""
        if self._watch is not None:
            keep_motion(self._camera_id, self._watch.state())
        if self._drawing.is_alive():
            self._events.put(None)
            self._drawing.join(ENDING_S)

    def _turn(self) -> None:
        """Switched off, what is in memory goes at once (rule 4)."""
        if self._watch is None:
            self._watch = DisturbanceWatch(recall_motion(self._camera_id))
            if not self._drawing.is_alive():
                self._drawing = Thread(target=self._draw, name="clips", daemon=True)
                self._drawing.start()
            return
        watch, self._watch = self._watch, None
        keep_motion(self._camera_id, watch.state())
        while True:
            try:
                self._events.get_nowait()
            except Empty:
                return

    def _draw(self) -> None:
        try:
            while (event := self._events.get()) is not None:
                try:
                    take_event(self._camera_id, event)
                except OperationalError:
                    log.warning("Camera %s: the database did not take a clip in time", self._camera_id)
        finally:
            connection.close()
