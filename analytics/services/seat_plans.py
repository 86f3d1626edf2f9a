"""Saving a drawing of seats as a new version, and looking at a drawing with the analysis' own eyes."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, TypeVar
from uuid import UUID

import cv2
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from analytics.models import Seat, SeatPlan, WaitingStill
from analytics.pipeline.geometry import InvalidSeatError
from analytics.pipeline.images import Image
from analytics.pipeline.masks import build_masks, render_preview
from analytics.rules.plan_refusals import InvalidDrawingError, PlanRefusedError, SeatProblem
from analytics.rules.seat_plans import MOST_SEATS, Drawing, DrawnSeat, plan_as_drawn, problems_of
from analytics.selectors.confirming import REMEMBERED
from analytics.selectors.seat_plans import (
    Place,
    PlanPage,
    open_pupils_for,
    place_of,
    plan_in_force,
    plan_page,
    scoped_plans,
    version_page,
    waiting_still,
)
from analytics.services.stills import decoded
from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.directory.models import Pupil
from caseflow.directory.rules import still_here
from caseflow.records.files import read_file
from caseflow.records.models import DataKey

Found = TypeVar("Found", SeatPlan, WaitingStill)
ONE_DAY: Final = timedelta(days=1)


class NewerPlanError(Exception):
    """Somebody saved another version meanwhile. Theirs stands, and nothing of this drawing was saved."""

    def __init__(self, newest: SeatPlan | None) -> None:
        super().__init__(str(newest))
        self.newest = newest


@dataclass(frozen=True, slots=True)
class _Ground:
    """What seats are drawn on."""

    width: int
    height: int
    file: str
    key: DataKey
    kind: str
    waiting: WaitingStill | None


def open_plan_page(actor: Actor, camera_id: int, class_id: int) -> PlanPage:
    """The editor's beginning; that it was opened is recorded. Raises Camera.DoesNotExist, SchoolClass.DoesNotExist."""
    page = plan_page(actor, place_of(actor, camera_id, class_id))
    _record_reading(actor, page.plan)
    return page


def open_version(actor: Actor, plan_id: UUID) -> PlanPage:
    """One version; that it was opened is recorded. Raises SeatPlan.DoesNotExist."""
    page = version_page(actor, plan_id)
    _record_reading(actor, page.plan)
    return page


def save_plan(actor: Actor, camera_id: int, class_id: int, drawing: Drawing) -> SeatPlan:
    """Save the drawing as the next version, in force from today; the one before ends yesterday.

    The first version holds for the lessons of the last seven days as well.

    Raises Camera.DoesNotExist, SchoolClass.DoesNotExist, PlanRefusedError, InvalidDrawingError, or NewerPlanError
    when the drawing was not made over the version in force.
    """
    place = place_of(actor, camera_id, class_id)
    _require_newest(place, drawing.base)
    ground = _ground(place, drawing)
    _require_valid(place, drawing, ground)
    try:
        with transaction.atomic():
            _end_version(place, drawing.base)
            plan = _write(actor, place, drawing, ground)
            _take_over(ground.waiting)
            detail = {"version": plan.version, "seats": len(drawing.seats)}
            record(action="seat_plan.saved", actor_id=actor.user.pk, role=actor.role, obj=_name(plan), detail=detail)
    except IntegrityError as error:
        raise NewerPlanError(plan_in_force(place)) from error
    return plan


def preview_drawing(actor: Actor, camera_id: int, class_id: int, drawing: Drawing) -> bytes:
    """What the analysis would see if everybody sat as drawn: a PNG, transparent wherever pixels are blanked.

    Raises Camera.DoesNotExist, SchoolClass.DoesNotExist, PlanRefusedError, InvalidDrawingError.
    """
    place = place_of(actor, camera_id, class_id)
    ground = _ground(place, drawing)
    return _seen(actor, place, drawing.seats, ground)


def preview_version(actor: Actor, plan_id: UUID) -> bytes:
    """What the analysis sees with a saved version, as the gates stand now. Raises SeatPlan.DoesNotExist."""
    plan = scoped_plans(actor).get(pk=plan_id)
    seats = [
        DrawnSeat(seat.label, seat.polygon, seat.pupil_id, seat.face_height_px) for seat in plan.seats.order_by("pk")
    ]
    return _seen(actor, Place(plan.camera, plan.school_class), tuple(seats), _ground_of(plan))


def _ground(place: Place, drawing: Drawing) -> _Ground:
    if drawing.still is None:
        drawn_over = SeatPlan.objects.filter(camera=place.camera, school_class=place.school_class)
        plan = drawn_over.filter(pk__in=[drawing.base] if drawing.base else []).select_related("still_key").first()
        return _ground_of(_found(plan, "no_still"))
    waiting = waiting_still(place)
    still = _found(waiting if waiting and waiting.pk == drawing.still else None, "still_gone")
    return _Ground(still.width, still.height, still.file, still.key, still.kind, still)


def _found(value: Found | None, code: str) -> Found:
    if value is None:
        raise PlanRefusedError(code)
    return value


def _ground_of(plan: SeatPlan) -> _Ground:
    return _Ground(plan.frame_width, plan.frame_height, plan.still, plan.still_key, plan.still_kind, None)


def _require_valid(place: Place, drawing: Drawing, ground: _Ground) -> None:
    if not drawing.seats:
        raise PlanRefusedError("no_seats")
    if len(drawing.seats) > MOST_SEATS:
        raise PlanRefusedError("too_many_seats")
    problems = problems_of(drawing.seats, _roll(place), ground.width, ground.height)
    if problems:
        raise InvalidDrawingError(problems)


def _roll(place: Place) -> set[UUID]:
    """Who can be confirmed in a seat here; every other seat stays masked."""
    return set(Pupil.objects.filter(still_here(), school_class=place.school_class).values_list("pk", flat=True))


def _require_newest(place: Place, base: UUID | None) -> None:
    newest = plan_in_force(place)
    if (newest.pk if newest else None) != base:
        raise NewerPlanError(newest)


def _end_version(place: Place, base: UUID | None) -> None:
    """End the version that was drawn over; the count says whether it still was the one in force."""
    in_force = SeatPlan.objects.filter(camera=place.camera, school_class=place.school_class, valid_to=None)
    if base is None:
        stands = not in_force.exists()
    else:
        stands = bool(in_force.filter(pk=base).update(valid_to=timezone.localdate() - ONE_DAY))
    if not stands:
        raise NewerPlanError(plan_in_force(place))


def _write(actor: Actor, place: Place, drawing: Drawing, ground: _Ground) -> SeatPlan:
    versions = SeatPlan.objects.filter(camera=place.camera, school_class=place.school_class)
    last = versions.aggregate(last=Max("version"))["last"] or 0
    # Before the first version there was none, so it holds for the lessons a teacher can still confirm.
    reaches_back = timedelta(0) if last else REMEMBERED
    plan = SeatPlan.objects.create(
        camera=place.camera,
        school_class=place.school_class,
        version=last + 1,
        valid_from=timezone.localdate() - reaches_back,
        frame_width=ground.width,
        frame_height=ground.height,
        still=ground.file,
        still_key=ground.key,
        still_kind=ground.kind,
        created_by=actor.user,
    )
    Seat.objects.bulk_create(_seat(plan, seat) for seat in drawing.seats)
    return plan


def _seat(plan: SeatPlan, drawn: DrawnSeat) -> Seat:
    return Seat(
        plan=plan,
        label=drawn.label,
        polygon=[[round(x, 1), round(y, 1)] for x, y in drawn.polygon],
        pupil_id=drawn.pupil_id,
        face_height_px=round(drawn.expected_face_height_px(plan.frame_width, plan.frame_height), 1),
    )


def _take_over(waiting: WaitingStill | None) -> None:
    """The file is the plan's from now on."""
    if waiting and not WaitingStill.objects.filter(pk=waiting.pk).delete()[0]:
        raise PlanRefusedError("still_gone")


def _seen(actor: Actor, place: Place, seats: tuple[DrawnSeat, ...], ground: _Ground) -> bytes:
    try:
        plan = plan_as_drawn(seats, ground.width, ground.height)
    except InvalidSeatError as error:
        raise InvalidDrawingError(_drawn_wrongly(seats, ground)) from error
    sitting = _roll(place).intersection(seat.pupil_id for seat in seats if seat.pupil_id)
    opened = open_pupils_for(actor, list(sitting), place.operator_id)
    open_ids = {str(number) for number, seat in enumerate(seats) if seat.pupil_id in opened}
    still = decoded(read_file(ground.key, ground.file))
    return _png(render_preview(still, plan, open_ids), build_masks(plan, open_ids, ground.width, ground.height).frame)


def _drawn_wrongly(seats: tuple[DrawnSeat, ...], ground: _Ground) -> tuple[SeatProblem, ...]:
    roll = {seat.pupil_id for seat in seats if seat.pupil_id}
    return problems_of(seats, roll, ground.width, ground.height)


def _png(seen: Image, mask: Image) -> bytes:
    _ok, encoded = cv2.imencode(".png", cv2.merge([*cv2.split(seen), mask]), [cv2.IMWRITE_PNG_COMPRESSION, 1])
    return encoded.tobytes()


def _record_reading(actor: Actor, plan: SeatPlan | None) -> None:
    if plan is not None:
        with transaction.atomic():
            record(action="read", actor_id=actor.user.pk, role=actor.role, obj=_name(plan))


def _name(plan: SeatPlan) -> str:
    return f"seat-plan:{plan.pk}"
