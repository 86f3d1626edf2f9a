"""The lessons before a camera that is watched: each is analysed as it happens, and no frame of it is kept."""

from datetime import datetime
from threading import Thread
from time import monotonic
from typing import Final
from uuid import uuid4

from django.db import IntegrityError, connection, transaction

from analytics.enums import RunState
from analytics.models import AnalysisRun
from analytics.pipeline.cameras.lesson import LessonFrames
from analytics.pipeline.engine import RunResult
from analytics.pipeline.images import Image
from analytics.pipeline.video import SAMPLE_INTERVAL_S, SampledFrame
from analytics.rules.cameras import LEAST_LEFT_S
from analytics.rules.run_states import LEASE
from analytics.selectors.due_lessons import DueLesson, has_open_seat, lesson_now
from analytics.services.analysing import Notes, analysed, carry_out
from analytics.services.leases import Holding
from caseflow.audit.services import record
from caseflow.directory.models import Camera

LOOK_UP_EVERY_S: Final = 2.0
FRESH_S: Final = 3.0  # a camera that has shown nothing for longer is blind, and no lesson is begun before it
ENDING_S: Final = 20.0


class LiveLessons:
    """Analyses what is due before one camera, a lesson at a time, in a thread of its own.

    `see` is told by the thread that hears the camera, `tend` and `end` by another.
    """

    interval_s = SAMPLE_INTERVAL_S

    def __init__(self, camera: Camera) -> None:
        self._camera = camera
        self._frames: LessonFrames | None = None
        self._thread: Thread | None = None
        self._last: tuple[float, Image] | None = None
        self._looked_at = float("-inf")

    def see(self, frame: SampledFrame) -> None:
        """A frame of this moment."""
        self._last = (monotonic(), frame.image)
        frames = self._frames
        if frames is not None:
            frames.offer(frame.image)

    def tend(self, now: datetime) -> None:
        """Begin with the lesson that is held, unless it is under way."""
        if self._thread is not None and not self._thread.is_alive():
            self._thread = self._frames = None
        last, moment = self._last, monotonic()
        if self._thread is not None or last is None or moment - self._looked_at < LOOK_UP_EVERY_S:
            return
        self._looked_at = moment
        due = lesson_now(self._camera, now)
        if due is not None and moment - last[0] < FRESH_S:
            self._begin(due, now, last[1])

    def end(self) -> None:
        """The camera is watched no more: what was seen of the lesson counts."""
        if self._thread is not None and self._frames is not None:
            self._frames.end()
            self._thread.join(ENDING_S)

    def _begin(self, due: DueLesson, now: datetime, first: Image) -> None:
        left_s = (due.ends_at - now).total_seconds()
        holding = begin_live(due, now) if left_s >= LEAST_LEFT_S else None
        if holding is None:
            return
        frames = LessonFrames(first, left_s)
        self._thread = Thread(target=_analyse, args=(holding, frames), name="lesson", daemon=True)
        self._frames = frames
        self._thread.start()


def begin_live(due: DueLesson, now: datetime) -> Holding | None:
    """A run of the rest of the lesson, held by whoever asks. None where nobody may be seen, or another was faster."""
    worker = uuid4().hex
    run = due.new_run(
        now,
        live=True,
        state=RunState.RUNNING,
        worker=worker,
        lease_until=now + LEASE,
        attempt=1,
        started_at=now,
        declared_s=(due.ends_at - now).total_seconds(),
    )
    if not has_open_seat(run, now):
        return None
    try:
        with transaction.atomic():
            run.save()
            record(action="run.requested", actor_id=None, role="", obj=f"run:{run.pk}", detail={"live": True})
    except IntegrityError:
        return None
    return Holding(run.pk, worker)


def _analyse(holding: Holding, frames: LessonFrames) -> None:
    def look(run: AnalysisRun, notes: Notes) -> RunResult:
        frames.when_idle = notes.on_idle
        result = analysed(frames, run, notes)
        holding.change(windows_left=frames.thinning.left)
        return result

    try:
        carry_out(holding, look)
    finally:
        connection.close()
