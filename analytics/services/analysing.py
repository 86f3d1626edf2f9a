"""The work of one run: the pipeline on one side, the rows on the other."""

from collections.abc import Callable
from time import monotonic
from typing import Final, TypeAlias
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from analytics.enums import RunState
from analytics.models import AnalysisRun, Window
from analytics.pipeline.decoding import FrameSource, open_video
from analytics.pipeline.engine import Hooks, Progress, RunResult, analyse
from analytics.pipeline.errors import PipelineError, RunCancelled
from analytics.pipeline.geometry import SeatPlan
from analytics.pipeline.view import ViewCheck
from analytics.pipeline.windows import Window as SeenWindow
from analytics.rules.geometry import pipeline_plan
from analytics.rules.refusals import RefusedError
from analytics.rules.terms import is_too_old
from analytics.selectors.plans import seats_of
from analytics.services.ending import end_without_result, finish_run
from analytics.services.files import video_path
from analytics.services.gating import RunGate
from analytics.services.heartbeat import Heartbeat
from analytics.services.keeping import window_rows
from analytics.services.leases import Holding, LeaseLostError, claim_run, reason_to_stop
from analytics.services.packs import load_pack, thresholds_of
from analytics.services.stills import still_of

KEEP_EVERY_S: Final = 2.0
Look: TypeAlias = "Callable[[AnalysisRun, Notes], RunResult]"


def execute_run(run_id: UUID) -> None:
    """Do the run if it is free. It ends once: done, partial, failed, or cancelled.

    Errors of the machine (database away, killed) are not caught here: the lease runs out and the run is done again.
    """
    holding = claim_run(run_id)
    if holding is not None:
        carry_out(holding, _look)


def carry_out(holding: Holding, look: Look) -> None:
    """End the run that is held with what `look` finds, or with the reason why it found nothing."""
    run = AnalysisRun.objects.select_related("plan__still_key", "card", "second_card").get(pk=holding.run_id)
    heartbeat = Heartbeat(holding)
    try:
        with heartbeat:
            notes = Notes(run, holding, heartbeat)
            result = look(run, notes)
        finish_run(holding, run, result, notes.pupils)
    except LeaseLostError:
        return
    except RunCancelled:
        _end_stopped(holding, heartbeat.stop_reason or reason_to_stop(run.pk))
    except (PipelineError, RefusedError) as error:
        end_without_result(holding, RunState.FAILED, error.code)
    except FileNotFoundError:
        end_without_result(holding, RunState.FAILED, "file_gone")


class Notes:
    """Takes down what the pipeline finds while it runs, as long as the run is held."""

    def __init__(self, run: AnalysisRun, holding: Holding, heartbeat: Heartbeat) -> None:
        self.gate = RunGate(run)
        self.pupils: dict[str, UUID] = {}
        self._run = run
        self._holding = holding
        self._heartbeat = heartbeat
        self._waiting: list[SeenWindow] = []
        self._began_at = self._kept_at = monotonic()

    def hooks(self) -> Hooks:
        return Hooks(self.on_window, self.on_purge, self.on_progress, lambda: bool(self._heartbeat.stop_reason))

    def is_open(self, seat_id: str, t_s: float) -> bool:
        """The gate; remembers whose seat it was."""
        is_open = self.gate(seat_id, t_s)
        pupil_id = self.gate.pupil_of(seat_id)
        if is_open and pupil_id is not None:
            self.pupils[seat_id] = pupil_id
        return is_open

    def on_window(self, window: SeenWindow) -> None:
        self._waiting.append(window)

    def on_purge(self, seat_id: str) -> None:
        """A gate closed midway: nothing of this seat stays (rule 1)."""
        self._waiting = [window for window in self._waiting if window.seat_id != seat_id]
        pupil_id = self.pupils.pop(seat_id, None)
        if pupil_id is not None:
            Window.objects.filter(run=self._run, pupil=pupil_id).delete()

    def on_idle(self, t_s: float) -> None:
        """No frame comes: what closed meanwhile goes all the same. Raises RunCancelled."""
        if self._heartbeat.stop_reason:
            raise RunCancelled
        for seat_id in [seat_id for seat_id in self.pupils if not self.gate(seat_id, t_s)]:
            self.on_purge(seat_id)

    def on_progress(self, progress: Progress) -> None:
        now = monotonic()
        share = min(progress.t_s / progress.duration_s, 1.0) if progress.duration_s else 0.0
        self._heartbeat.progress = share
        self._heartbeat.left_s = (now - self._began_at) * (1 - share) / share if share else None
        if now - self._kept_at >= KEEP_EVERY_S:
            self._kept_at = now
            self._keep()

    def _keep(self) -> None:
        with transaction.atomic():
            if not self._holding.renew(progress=self._heartbeat.progress, left_s=self._heartbeat.left_s):
                raise LeaseLostError
            Window.objects.bulk_create(window_rows(self._run.pk, self._waiting, self.pupils), ignore_conflicts=True)
        self._waiting = []


def _look(run: AnalysisRun, notes: Notes) -> RunResult:
    if run.upload_id is None:
        raise FileNotFoundError
    if is_too_old(run.recorded_at, timezone.now()):  # it waited for a worker until then
        raise RefusedError("too_old")
    with open_video(video_path(run.upload_id)) as video:
        return analysed(video, run, notes)


def analysed(frames: FrameSource, run: AnalysisRun, notes: Notes) -> RunResult:
    """What the models of the run's cards see in the seats that are open, while the camera has not moved."""
    plan, pack = plan_of(run), load_pack(run.card, run.second_card)
    limits, view = thresholds_of(run.card), _view(run, plan)
    return analyse(frames, plan, pack, notes.is_open, thresholds=limits, hooks=notes.hooks(), view=view)


def plan_of(run: AnalysisRun) -> SeatPlan:
    seats = [(seat.pk, seat.polygon, seat.face_height_px) for seat in seats_of(run.plan_id)]
    return pipeline_plan(seats, run.plan.frame_width, run.plan.frame_height)


def _view(run: AnalysisRun, plan: SeatPlan) -> ViewCheck | None:
    still = still_of(run.plan)
    return None if still is None else ViewCheck(still, plan)


def _end_stopped(holding: Holding, reason: str) -> None:
    if reason == "cancelled":
        end_without_result(holding, RunState.CANCELLED, "")
    elif reason == "stopped":
        end_without_result(holding, RunState.CANCELLED, "stopped")
