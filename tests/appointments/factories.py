"""Appointments for tests, made the way the product makes them. Everything is invented."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from caseflow.appointments.enums import AppointmentKind
from caseflow.appointments.models import Appointment, Reminder
from caseflow.appointments.rules import Plan
from caseflow.appointments.services import plan_appointment
from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from caseflow.directory.models import Pupil, Room, SchoolYear
from tests.directory.factories import RoomFactory, SchoolYearFactory

PURPOSE = "Разговор о ссоре в классе"


def at(days: int, hour: int, minute: int = 0) -> datetime:
    """A moment some days from now, negative ones before it, at that time of the clock."""
    day = timezone.localdate() + timedelta(days=days)
    return datetime.combine(day, time(hour, minute), timezone.get_default_timezone())


def monday(weeks: int = 1) -> date:
    """The Monday so many weeks from this week's."""
    today = timezone.localdate()
    return today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)


def plan(starts_at: datetime | None = None, *pupils: Pupil, **facts: Any) -> Plan:
    """Tomorrow at ten for 45 minutes unless said otherwise."""
    usual: dict[str, Any] = {"minutes": 45, "kind": AppointmentKind.PUPIL, "purpose": PURPOSE}
    return Plan(starts_at or at(1, 10), **(usual | {"pupils": tuple(pupil.pk for pupil in pupils)} | facts))


def planned(who: Actor, starts_at: datetime | None = None, *pupils: Pupil, **facts: Any) -> Appointment:
    return plan_appointment(who, plan(starts_at, *pupils, **facts))


def begun(who: Actor, *pupils: Pupil, **facts: Any) -> Appointment:
    """One of yesterday, of which nobody has said what became of it."""
    return planned(who, at(-1, 10), *pupils, **facts)


def in_case(who: Actor, case: Case, starts_at: datetime | None = None, **facts: Any) -> Appointment:
    """One with the pupil of the case, which it belongs to."""
    return planned(who, starts_at, case.pupil, case=case.pk, **facts)


def room_at(who: Actor) -> Room:
    room: Room = RoomFactory.create(school=who.membership.school)
    return room


def this_year(who: Actor, ends_on: date) -> SchoolYear:
    """The school year that runs at the school, with its last day."""
    school = who.membership.school
    assert school is not None
    starts = timezone.localdate() - timedelta(days=60)
    year: SchoolYear = SchoolYearFactory.create(region=school.district.region, starts_on=starts, ends_on=ends_on)
    return year


def due_now(appointment: Appointment) -> None:
    """Its reminder is due, as when the clock has gone on."""
    Reminder.objects.filter(pk=appointment.pk).update(due_at=timezone.now() - timedelta(minutes=1))
