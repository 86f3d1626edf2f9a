"""Looking at appointments: what is shown and the entry that it was shown are one transaction (rule 24)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from caseflow.appointments.models import Appointment, Move, Participant
from caseflow.appointments.rules import CORRECTABLE, Plan, is_unanswered
from caseflow.appointments.selectors.calendar import (
    PEOPLE,
    Asked,
    CalendarPage,
    calendar_page,
    coming_today,
    of_case,
    unanswered,
)
from caseflow.appointments.selectors.clashes import Wanted, clash, free_slots, hints
from caseflow.appointments.selectors.people import own_school, rooms_of
from caseflow.appointments.selectors.plans import plan_of
from caseflow.appointments.selectors.scope import SHOWN, changeable_appointments, scoped_appointments
from caseflow.appointments.selectors.words import words_of
from caseflow.appointments.services.locking import log
from caseflow.audit.services import record
from caseflow.cases.selectors import scoped_cases
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role

OF_CASE_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Opened:
    """An appointment with all that its page shows; `later` counts what is still planned after it in its series."""

    appointment: Appointment
    purpose: str
    reason: str
    people: list[Participant]
    moves: list[Move]
    hints: list[str]
    later: int
    begun: bool
    unanswered: bool
    may_change: bool
    may_correct: bool

    @property
    def plan(self) -> Plan:
        """The plan that would make it anew."""
        return plan_of(self.appointment)


@dataclass(frozen=True, slots=True)
class MyDay:
    """What Today shows of the calendar."""

    unanswered: list[Appointment]
    coming: list[Appointment]


@dataclass(frozen=True, slots=True)
class Slots:
    """For what a free time is sought: from which moment on, how long, where, with whom; `but` gives way to it."""

    after: datetime | None
    minutes: int
    room: int | None = None
    pupils: tuple[UUID, ...] = ()
    but: UUID | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """`clash` says what stands at the time that was chosen, "" for nothing; `free` are the next free times."""

    clash: str
    hints: list[str]
    free: list[datetime]


@transaction.atomic
def open_calendar(actor: Actor, asked: Asked, now: datetime | None = None) -> CalendarPage:
    """A day or a week; which appointments were shown is one entry in the log."""
    page = calendar_page(actor, asked, now)
    _log_shown(actor, {*page.shown, *(str(each.pk) for each in page.unanswered)}, "calendar")
    return page


@transaction.atomic
def list_appointments(actor: Actor, asked: Asked) -> list[Appointment]:
    """What of these days the actor may open, the earliest first; the look is logged."""
    page = calendar_page(actor, asked)
    _log_shown(actor, page.shown, "list")
    return [entry.appointment for entry in page.entries if entry.appointment]


@transaction.atomic
def open_my_day(actor: Actor) -> MyDay:
    """What waits for an answer and what comes today, of the actor's own; the look is logged where there is any."""
    now = timezone.now()
    day = MyDay(list(unanswered(actor, now)), list(coming_today(actor, now)))
    _log_shown(actor, {str(each.pk) for each in (*day.unanswered, *day.coming)}, "today")
    return day


@transaction.atomic
def open_of_case(actor: Actor, case_id: UUID) -> list[Appointment]:
    """The latest appointments of a case and of its pupil. Raises Case.DoesNotExist outside the actor's scope."""
    case = scoped_cases(actor).only("pk", "pupil").get(pk=case_id)
    found = list(of_case(actor, case.pk, case.pupil_id)[:OF_CASE_SHOWN])
    _log_shown(actor, [str(each.pk) for each in found], "case")
    return found


@transaction.atomic
def open_appointment(actor: Actor, appointment_id: UUID) -> Opened:
    """One appointment; the reading is logged. Raises Appointment.DoesNotExist outside the actor's scope."""
    found = scoped_appointments(actor).select_related(*SHOWN, "school__district", "case__pupil", "answered_by")
    appointment = found.prefetch_related(*PEOPLE, "moves__by").get(pk=appointment_id)
    log(actor, "appointment_read", appointment)
    now, people = timezone.now(), list(appointment.participants.all())
    pupils = [each.pupil_id for each in people if each.pupil_id]
    wanted = Wanted(appointment.school, appointment.owner_id, appointment.room_id, pupils)
    later = Appointment.objects.filter(
        series__isnull=False, series=appointment.series_id, state="planned", starts_at__gt=appointment.starts_at
    )
    return Opened(
        appointment=appointment,
        purpose=words_of(appointment, "purpose"),
        reason=words_of(appointment, "reason"),
        people=people,
        moves=list(appointment.moves.all()),
        hints=hints(wanted, (appointment.starts_at, appointment.ends_at)) if appointment.is_planned else [],
        later=later.count(),
        begun=appointment.starts_at <= now,
        unanswered=is_unanswered(appointment.state, ends_at=appointment.ends_at, now=now),
        may_change=actor.role == Role.PSYCHOLOGIST,
        may_correct=actor.role == Role.PSYCHOLOGIST and appointment.state in CORRECTABLE,
    )


@transaction.atomic
def open_to_change(actor: Actor, appointment_id: UUID) -> Opened:
    """As `open_appointment`, for whoever may change it. Raises Appointment.DoesNotExist for others."""
    changeable_appointments(actor).only("pk").get(pk=appointment_id)
    return open_appointment(actor, appointment_id)


def _log_shown(actor: Actor, shown: Iterable[str], part: str) -> None:
    ids = sorted(shown)
    if ids:
        record(
            action="appointments_read",
            actor_id=actor.user.pk,
            role=actor.role,
            obj="appointments.Appointment",
            detail={"appointments": ids, "part": part},
        )


def offer_slots(actor: Actor, wanted: Slots) -> Offer:
    """What is worth knowing of the time that was chosen, and the next free ones. Names nobody who was not chosen."""
    school = own_school(actor)
    room = rooms_of(actor).filter(pk=wanted.room).first() if wanted.room else None
    pupils = list(actor.pupils().filter(pk__in=wanted.pupils).values_list("pk", flat=True))
    taken = Wanted(school, actor.user.pk, room.pk if room else None, pupils, [wanted.but] if wanted.but else [])
    after, minutes = wanted.after or timezone.now(), wanted.minutes
    span = (after, after + timedelta(minutes=minutes))
    said = hints(taken, span) if wanted.after else []
    why = clash(taken, span, asking=actor.user.pk) if wanted.after else ""
    return Offer(why, said, free_slots(taken, minutes, max(after, timezone.now())))
