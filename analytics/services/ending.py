"""A run ends once: its results, day values, signals and state in one transaction, then its file goes."""

from collections import Counter
from collections.abc import Mapping
from itertools import chain
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from analytics.enums import RunState, UploadState
from analytics.models import AiUse, AnalysisRun, RunSeat, Upload, Window
from analytics.pipeline.engine import RunResult
from analytics.pipeline.errors import CameraMoved, RunCancelled
from analytics.pipeline.tracks import SeatResult
from analytics.rules.run_states import ACTIVE
from analytics.selectors.leases import lapsed
from analytics.selectors.plans import confirmed_pupils, gate_for
from analytics.selectors.runs import scoped_runs
from analytics.services.files import remove_video
from analytics.services.keeping import seat_rows, window_rows
from analytics.services.leases import Holding, reason_to_stop
from analytics.services.series import rebuild_days
from analytics.services.signals import evaluate
from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.selectors import leads_over_school, members_of_school, recipients
from notifications.enums import AlertKind
from notifications.services import alert

if TYPE_CHECKING:
    from notifications.texts import Params


def finish_run(holding: Holding, run: AnalysisRun, result: RunResult, pupils: Mapping[str, UUID]) -> bool:
    """Keep what the run found, with everything that follows from it. False, and nothing kept, when it was lost.

    The gate is asked a last time: who closed while the last frames were read is left out (rule 1), and so is who was
    contradicted, since a correction holds the row until it is said. Raises RunCancelled when it was to stop before it
    ended.
    """
    with transaction.atomic():
        if not holding.change(**_figures(result)):
            return False
        if reason_to_stop(run.pk):
            raise RunCancelled
        open_seats = _still_open(run, result, pupils)
        AnalysisRun.objects.filter(pk=run.pk).update(**_counts(result, open_seats))
        _keep(run.pk, open_seats, {seat.seat_id: pupils[seat.seat_id] for seat in open_seats})
        for series in rebuild_days([pupils[seat.seat_id] for seat in open_seats], run.date):
            evaluate(series)
        _end(run.pk, AlertKind.RUN_FINISHED)
    return True


def end_without_result(holding: Holding, state: RunState, error_code: str) -> bool:
    """End a run that found nothing; what it kept so far goes. False when it was lost."""
    with transaction.atomic():
        ended = holding.change(state=state, error_code=error_code, ended_at=timezone.now(), left_s=None)
        if ended:
            Window.objects.filter(run=holding.run_id).delete()
            _end(holding.run_id, AlertKind.RUN_FAILED)
    return ended


def quarantine_run(run_id: UUID, attempt: int) -> bool:
    """Set a run aside that was lost too often, and tell a human. False when somebody was faster."""
    lost = AnalysisRun.objects.filter(lapsed(timezone.now()), pk=run_id, state=RunState.RUNNING, attempt=attempt)
    with transaction.atomic():
        changed = lost.update(
            state=RunState.QUARANTINED, error_code="lost", worker="", ended_at=timezone.now(), left_s=None
        )
        if changed:
            Window.objects.filter(run=run_id).delete()
            _end(run_id, AlertKind.RUN_FAILED)
    return bool(changed)


def cancel_run(actor: Actor, run_id: UUID) -> AnalysisRun:
    """Stop a run: one that waits never starts, a running one ends within seconds.

    Raises AnalysisRun.DoesNotExist outside the actor's scope. Nothing happens to a run that has ended.
    """
    run = scoped_runs(actor).get(pk=run_id)
    with transaction.atomic():
        waiting = AnalysisRun.objects.filter(pk=run.pk, state=RunState.QUEUED)
        if waiting.update(state=RunState.CANCELLED, cancel_requested=True, ended_at=timezone.now()):
            Window.objects.filter(run=run.pk).delete()  # of a try that was lost
            _discard_video(run.pk)
        elif not AnalysisRun.objects.filter(pk=run.pk, state__in=ACTIVE).update(cancel_requested=True):
            return run
        record(action="run.cancelled", actor_id=actor.user.pk, role=actor.role, obj=f"run:{run.pk}")
    return scoped_runs(actor).get(pk=run_id)


def discard_ended_videos() -> int:
    """Remove the files of ended runs that a crash left behind. Returns how many."""
    left = Upload.objects.filter(state=UploadState.USED, run__isnull=False).exclude(run__state__in=ACTIVE)
    upload_ids = list(left.values_list("pk", flat=True))
    for upload_id in upload_ids:
        _discard(upload_id)
    return len(upload_ids)


def _figures(result: RunResult) -> dict[str, object]:
    return {
        "state": RunState.PARTIAL if result.partial else RunState.DONE,
        "ended_at": timezone.now(),
        "progress": 1.0,
        "left_s": None,
        "declared_s": result.duration_s,
        "decoded_s": result.decoded_s,
        "sampled_frames": result.frames_sampled,
    }


def _counts(result: RunResult, open_seats: list[SeatResult]) -> dict[str, object]:
    rejected: Counter[str] = Counter()
    for seat in open_seats:
        rejected.update({str(reason): frames for reason, frames in seat.rejected.items()})
    return {
        "frames_used": sum(seat.frames_used for seat in open_seats),
        "frames_rejected": dict(rejected),
        "masked_seats": result.masked_seats + len(result.seats) - len(open_seats),
    }


def _still_open(run: AnalysisRun, result: RunResult, pupils: Mapping[str, UUID]) -> list[SeatResult]:
    confirmed, now = confirmed_pupils(run), timezone.now()
    gate = gate_for(confirmed.values(), run.school_id)
    return [
        seat
        for seat in result.seats
        if (pupil := pupils.get(seat.seat_id)) is not None
        and confirmed.get(int(seat.seat_id)) == pupil
        and gate.allows(pupil, frame_at=run.recorded_at, now=now)
    ]


def _keep(run_id: UUID, seats: list[SeatResult], pupils: Mapping[str, UUID]) -> None:
    Window.objects.filter(run=run_id).exclude(pupil__in=pupils.values()).delete()
    windows = chain.from_iterable(seat.windows for seat in seats)
    Window.objects.bulk_create(window_rows(run_id, windows, pupils), ignore_conflicts=True)
    RunSeat.objects.bulk_create(seat_rows(run_id, seats, pupils), ignore_conflicts=True)
    uses = [AiUse(run_id=run_id, pupil_id=pupil_id) for pupil_id in pupils.values()]
    AiUse.objects.bulk_create(uses, ignore_conflicts=True)


def _end(run_id: UUID, kind: AlertKind) -> None:
    """Who asked for the run is told, with the leads when it was set aside, and the school's administrators when its
    camera moved; the file goes when this is committed."""
    run = AnalysisRun.objects.select_related("school__district", "slot__school_class", "plan").get(pk=run_id)
    asking = members_of_school(run.school, [Role.PSYCHOLOGIST]).filter(user=run.requested_by_id)
    told = recipients(asking)  # as long as they may open the page
    if run.state == RunState.QUARANTINED:
        told += recipients(leads_over_school(run.school))
    params: Params = {"class_name": str(run.slot.school_class), "school": run.school.names}
    if run.error_code == CameraMoved.code:
        params = {**params, "reason": run.error_code}
        _ask_for_a_plan(run, told, params)
    if run.state != RunState.CANCELLED or run.error_code:
        alert(recipients=told, kind=kind, params=params, url=reverse("analytics:run", args=[run_id]))
    record(action=f"run.{run.state}", actor_id=None, role="", obj=f"run:{run_id}", detail={"error": run.error_code})
    _discard_video(run_id)


def _ask_for_a_plan(run: AnalysisRun, told: list[tuple[int, int | None]], params: "Params") -> None:
    """Of the administrators: they draw seats, and may not open the run's page. Nobody is told twice."""
    drawing = members_of_school(run.school, [Role.SCHOOL_ADMIN]).exclude(user__in=[user_id for user_id, _ in told])
    url = reverse("analytics:seat-plan", args=[run.plan.camera_id, run.plan.school_class_id])
    alert(recipients=recipients(drawing), kind=AlertKind.RUN_FAILED, params=params, url=url)


def _discard_video(run_id: UUID) -> None:
    upload_id = AnalysisRun.objects.values_list("upload_id", flat=True).get(pk=run_id)
    if upload_id is not None:
        transaction.on_commit(lambda: _discard(upload_id))


def _discard(upload_id: UUID) -> None:
    remove_video(upload_id)
    Upload.objects.filter(pk=upload_id).update(state=UploadState.REMOVED)
