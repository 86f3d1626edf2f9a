"""A lesson video meets its lesson. Everything that speaks against a run is said before there is one."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from analytics.enums import Mode, UploadState
from analytics.models import AnalysisRun, ModelCard, SeatConfirmation, SeatPlan, Upload
from analytics.pipeline.geometry import InvalidSeatError
from analytics.rules.geometry import pipeline_plan
from analytics.rules.lessons import fits_lesson, lesson_span, shared_s, takes_place
from analytics.rules.refusals import RefusedError
from analytics.rules.run_states import DISPATCH_AGAIN_AFTER
from analytics.rules.terms import is_too_old
from analytics.selectors.due_lessons import has_open_seat
from analytics.selectors.plans import latest_confirmations, seats_of
from analytics.selectors.runs import own_uploads
from analytics.selectors.switching import current_card, mode_of, second_card
from analytics.services.dispatch import send_run
from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.directory.models import LessonSlot
from caseflow.directory.rules import in_force, is_in_force


@dataclass(frozen=True, slots=True)
class LessonChoice:
    """Which lesson the video shows, when its recording began if the file itself does not say, and which camera made it
    if the teacher confirmed the seats of several."""

    slot_id: int
    date: date
    typed_recorded_at: datetime | None = None
    camera_id: int | None = None


def request_run(actor: Actor, upload_id: UUID, choice: LessonChoice) -> AnalysisRun:
    """Queue the analysis of a checked video.

    Raises Upload.DoesNotExist, LessonSlot.DoesNotExist, or RefusedError whose code says why there is no job.
    """
    upload = own_uploads(actor).get(pk=upload_id)
    slot = _slot(upload, choice.slot_id)
    card = _permission(slot)
    recorded_at = _recording_time(upload, slot, choice)
    confirmation = _confirmation(upload, slot, choice)
    run = AnalysisRun(
        school_id=slot.school_class.school_id,
        slot=slot,
        date=choice.date,
        plan=confirmation.plan,
        confirmation=confirmation,
        card=card,
        second_card=second_card(),
        upload=upload,
        recorded_at=recorded_at,
        recorded_at_typed=upload.recorded_at is None,
        requested_by=actor.user,
        declared_s=upload.duration_s,
        lease_until=timezone.now() + DISPATCH_AGAIN_AFTER,
    )
    if not has_open_seat(run, timezone.now()):
        raise RefusedError("no_open_seat")
    queue_run(actor, run, upload)
    return run


def _slot(upload: Upload, slot_id: int) -> LessonSlot:
    slots = LessonSlot.objects.select_related("school_class__year")
    return slots.get(pk=slot_id, school_class__school=upload.school_id)


def _permission(slot: LessonSlot) -> ModelCard:
    if mode_of(slot.school_class.school_id) == Mode.OFF:
        raise RefusedError("switched_off")
    card = current_card()
    if card is None:
        raise RefusedError("no_model_card")
    return card


def _recording_time(upload: Upload, slot: LessonSlot, choice: LessonChoice) -> datetime:
    recorded_at = upload.recorded_at or choice.typed_recorded_at
    if recorded_at is None:
        raise RefusedError("time_unknown")
    if is_too_old(recorded_at, timezone.now()):
        raise RefusedError("too_old")
    if not (takes_place(choice.date, slot.weekday) and is_in_force(slot, choice.date)):
        raise RefusedError("wrong_day")
    length_s = upload.duration_s or 0.0
    if recorded_at + timedelta(seconds=length_s) > timezone.now():
        raise RefusedError("time_ahead")
    fits = fits_lesson(recorded_at, length_s, _span(slot, choice.date))
    if not fits or _shows_another(slot, choice.date, recorded_at, length_s):
        raise RefusedError("time_contradicts")
    return recorded_at


def _span(slot: LessonSlot, day: date) -> tuple[datetime, datetime]:
    return lesson_span(day, slot.starts_at, slot.ends_at)


def _shows_another(slot: LessonSlot, day: date, recorded_at: datetime, length_s: float) -> bool:
    """Whether more of the recording falls into another lesson in the same room."""
    own = shared_s(recorded_at, length_s, _span(slot, day))
    beside = LessonSlot.objects.filter(in_force(day, day), room=slot.room_id, weekday=slot.weekday).exclude(pk=slot.pk)
    return any(shared_s(recorded_at, length_s, _span(other, day)) > own for other in beside)


def _confirmation(upload: Upload, slot: LessonSlot, choice: LessonChoice) -> SeatConfirmation:
    said = {
        camera: confirmation
        for camera, confirmation in latest_confirmations(slot.pk, choice.date).items()
        if confirmation.plan.school_class_id == slot.school_class_id and choice.camera_id in (None, camera)
    }
    if not said:
        raise RefusedError("not_confirmed")
    if len(said) > 1:
        raise RefusedError("which_camera")
    (confirmation,) = said.values()
    require_plan_fits(confirmation.plan, upload)
    return confirmation


def require_plan_fits(plan: SeatPlan, upload: Upload) -> None:
    """Raises RefusedError("plan_does_not_fit") for a video of another shape than the plan's still."""
    seats = [(seat.pk, seat.polygon, seat.face_height_px) for seat in seats_of(plan.pk)]
    try:
        drawn = pipeline_plan(seats, plan.frame_width, plan.frame_height)
    except InvalidSeatError as error:
        raise RefusedError("plan_does_not_fit") from error
    if not drawn.fits(upload.width_px or 1, upload.height_px or 1):
        raise RefusedError("plan_does_not_fit")


def queue_run(actor: Actor | None, run: AnalysisRun, upload: Upload) -> None:
    """Write the run and take the upload, each once; without an actor the timetable asks for it.

    Raises RefusedError: upload_not_ready, already_analysed.
    """
    try:
        with transaction.atomic():
            ready = Upload.objects.filter(pk=upload.pk, state=UploadState.CHECKED)
            if not ready.update(state=UploadState.USED):
                raise RefusedError("upload_not_ready")
            run.save()
            by, role = (actor.user.pk, actor.role) if actor else (None, "")
            record(action="run.requested", actor_id=by, role=role, obj=f"run:{run.pk}")
            transaction.on_commit(lambda: send_run(run.pk))
    except IntegrityError as error:
        raise RefusedError("already_analysed") from error
