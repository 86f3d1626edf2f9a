"""Lessons of the last days whose teacher says who sat where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from analytics.enums import Presence
from analytics.models import Seat, SeatConfirmation, SeatPlan
from analytics.rules.lessons import lesson_span
from analytics.rules.seat_map import SeatMap, lay_out
from analytics.selectors.plans import is_valid_on
from caseflow.clocks.selectors import public_holidays
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import LessonSlot, SchoolBreak
from caseflow.directory.rules import in_force, is_in_force, still_here

REMEMBERED: Final = timedelta(days=7)  # own policy: nobody remembers for longer who sat where


@dataclass(frozen=True, slots=True)
class TaughtLesson:
    """A lesson that has begun, with the plan of its room in force on that day.

    `own`: the actor is its teacher or the class teacher; anybody else taught it as a substitute.
    `confirmation` is the last one for this very plan.
    """

    slot: LessonSlot
    day: date
    plan: SeatPlan
    own: bool
    confirmation: SeatConfirmation | None

    @property
    def key(self) -> str:
        """How the API names it: the lesson, its day and the camera."""
        return f"{self.slot.pk}_{self.day.isoformat()}_{self.plan.camera_id}"


@dataclass(frozen=True, slots=True)
class SittingPupil:
    """A seat of the map with its number on it; `mark` is what was said last if it differs from the drawing."""

    number: int
    seat: Seat
    x: float
    y: float
    points: str
    mark: str


@dataclass(frozen=True, slots=True)
class LessonSeats:
    """A lesson's drawn map. Who has consented is not in it: teachers do not learn that."""

    lesson: TaughtLesson
    map: SeatMap
    pupils: tuple[SittingPupil, ...]


def lessons_to_confirm(actor: Actor, *, substitutes: bool = False, now: datetime | None = None) -> list[TaughtLesson]:
    """The actor's lessons of the last seven days that have a plan, newest first (4 queries).

    With `substitutes` those of the school's other teachers, which one may have taught in their place.
    """
    moment = now or timezone.now()
    slots = [slot for slot in _slots(actor, moment) if is_own(actor, slot) is not substitutes]
    days = _school_days(slots, moment)
    taught = [(slot, day) for slot in slots for day in days if _is_there(actor, day) and _was_held(slot, day, moment)]
    found = list(_with_plans(actor, taught))
    return sorted(found, key=lambda each: (each.day, each.slot.starts_at), reverse=True)


def lesson_seats(actor: Actor, slot_id: int, day: date, camera_id: int, now: datetime | None = None) -> LessonSeats:
    """The map of one lesson (6 queries). Raises LessonSlot.DoesNotExist unless it is one of those to be confirmed."""
    lesson = taught_lesson(actor, slot_id, day, camera_id, now)
    seats = list(confirmable_seats(lesson.plan))
    marks = _marks(lesson.confirmation)
    drawn = lay_out([seat.polygon for seat in seats])
    pupils = (
        SittingPupil(number, seat, at.x, at.y, at.points, marks.get(seat.pk, ""))
        for number, (seat, at) in enumerate(zip(seats, drawn.seats, strict=True), start=1)
    )
    return LessonSeats(lesson, drawn, tuple(pupils))


def taught_lesson(actor: Actor, slot_id: int, day: date, camera_id: int, now: datetime | None = None) -> TaughtLesson:
    """One of the lessons to be confirmed (4 queries). Raises LessonSlot.DoesNotExist."""
    moment = now or timezone.now()
    slot = _slots(actor, moment).get(pk=slot_id)
    if day in _school_days([slot], moment) and _is_there(actor, day) and _was_held(slot, day, moment):
        for lesson in _with_plans(actor, [(slot, day)]):
            if lesson.plan.camera_id == camera_id:
                return lesson
    raise LessonSlot.DoesNotExist


def confirmable_seats(plan: SeatPlan) -> QuerySet[Seat]:
    """The seats whose pupil is still in the class; every other stays masked."""
    seats = plan.seats.filter(still_here("pupil__"), pupil__isnull=False, pupil__school_class=plan.school_class_id)
    return seats.select_related("pupil").order_by("pupil__last_name", "pupil__first_name", "pk")


def is_own(actor: Actor, slot: LessonSlot) -> bool:
    """Whether the actor need not say that they taught the lesson."""
    return actor.role == Role.CLASS_TEACHER or slot.teacher_id == actor.user.pk


def _is_there(actor: Actor, day: date) -> bool:
    """Whoever substitutes in a class answers for the days of the substitution alone."""
    return not actor.membership.substitute or actor.membership.starts_on <= day


def _slots(actor: Actor, now: datetime) -> QuerySet[LessonSlot]:
    today = timezone.localdate(now)
    slots = LessonSlot.objects.filter(in_force(today - REMEMBERED, today), school_class__in=actor.classes())
    return slots.select_related("school_class__school__district", "school_class__year", "room", "teacher")


def _school_days(slots: Iterable[LessonSlot], now: datetime) -> list[date]:
    """The last seven days and today, without public holidays and school breaks."""
    today = timezone.localdate(now)
    regions = {slot.school_class.school.district.region_id for slot in slots}
    breaks = SchoolBreak.objects.filter(year__region__in=regions, ends_on__gte=today - REMEMBERED)
    free = list(breaks.values_list("starts_on", "ends_on"))
    days = [today - timedelta(days=back) for back in range(REMEMBERED.days + 1)]
    return [
        day
        for day in days
        if day not in public_holidays(day.year) and not any(first <= day <= last for first, last in free)
    ]


def _was_held(slot: LessonSlot, day: date, now: datetime) -> bool:
    begun = slot.weekday == day.isoweekday() and lesson_span(day, slot.starts_at, slot.ends_at)[0] <= now
    return begun and is_in_force(slot, day)


def _with_plans(actor: Actor, taught: list[tuple[LessonSlot, date]]) -> Iterable[TaughtLesson]:
    if not taught:
        return
    plans = SeatPlan.objects.filter(
        camera__room__in={slot.room_id for slot, _ in taught},
        school_class__in={slot.school_class_id for slot, _ in taught},
    )
    drawn = list(plans.select_related("camera").order_by("pk"))
    said = _confirmations(taught)
    for slot, day in taught:
        for plan in drawn:
            if (
                plan.school_class_id == slot.school_class_id
                and plan.camera.room_id == slot.room_id
                and is_valid_on(plan, day)
            ):
                yield TaughtLesson(slot, day, plan, is_own(actor, slot), said.get((slot.pk, day, plan.pk)))


def _confirmations(taught: list[tuple[LessonSlot, date]]) -> dict[tuple[int, date, object], SeatConfirmation]:
    wanted = Q(slot__in={slot.pk for slot, _ in taught}, date__in={day for _, day in taught})
    rows = SeatConfirmation.objects.filter(wanted).select_related("confirmed_by").order_by("confirmed_at")
    return {(row.slot_id, row.date, row.plan_id): row for row in rows}


def _marks(confirmation: SeatConfirmation | None) -> dict[int, str]:
    """Seat → what was said, where that differs from the drawing."""
    if confirmation is None:
        return {}
    return dict(confirmation.states.exclude(state=Presence.PRESENT).values_list("seat_id", "state"))
