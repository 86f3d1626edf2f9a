"""Planning an appointment, and changing one: its time, its room, its people."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.appointments.enums import AppointmentState, Reach
from caseflow.appointments.models import Appointment, Move, Series
from caseflow.appointments.rules import AppointmentRefused, Plan, at_time, carried, weekly
from caseflow.appointments.selectors.clashes import Wanted, clash
from caseflow.appointments.selectors.people import People, own_school, people_of, rooms_of
from caseflow.appointments.selectors.plans import plan_of
from caseflow.appointments.selectors.scope import appointment_in_reach
from caseflow.appointments.services.locking import hold_appointment, hold_calendar, log
from caseflow.appointments.services.outcome import refuse_unless
from caseflow.appointments.services.reminding import plan_reminder
from caseflow.appointments.services.writing import (
    case_of_plan,
    check_plan,
    key_for,
    seal_words,
    write_people,
)
from caseflow.cases.models import Case
from caseflow.clocks.enums import Basis
from caseflow.clocks.selectors import calendar_of
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Room, School, SchoolYear

CLASHES_SAID = 4


@transaction.atomic
def plan_appointment(actor: Actor, plan: Plan, *, every_week: bool = False) -> Appointment:
    """Enter an appointment of the actor, or one for each week until the school year ends, but for days off. Returns the
    first.

    Raises Appointment.DoesNotExist for who is no psychologist of a school; Case, Pupil, Guardian, User or
    Room.DoesNotExist for what is out of reach; AppointmentRefused (the time, a closed case, somebody or something is
    taken then: of a series nothing is entered).
    """
    if actor.role != Role.PSYCHOLOGIST:
        raise Appointment.DoesNotExist
    now, school = timezone.now(), own_school(actor)
    check_plan(plan, now)
    hold_calendar(school.pk, actor.user.pk)
    starts = _starts(school, plan) if every_week else [plan.starts_at]
    series = Series(school=school, until=timezone.localdate(starts[-1])) if len(starts) > 1 else None
    blank = Appointment(
        school=school, owner=actor.user, series=series, created_by=actor.user, created_at=now, changed_at=now
    )
    case = case_of_plan(actor, plan)
    people = people_of(actor, plan, case)
    plans = [replace(plan, starts_at=start) for start in starts]
    _refuse_clashes(actor, Wanted(school, actor.user.pk, _room(actor, plan), plan.pupils), plans)
    if series is not None:
        series.save(force_insert=True)
    made = [_enter(actor, _copy(blank), each, case, people) for each in plans]
    for appointment in made:
        log(actor, "appointment_planned", appointment, kind=plan.kind, series=len(made))
    return made[0]


@transaction.atomic
def change_appointment(actor: Actor, appointment_id: UUID, plan: Plan, *, reach: Reach = Reach.ONE) -> Appointment:
    """Give a planned appointment what the plan says; its old time stays known. With `FOLLOWING` those after it in its
    series too, each as many days on as this one.

    Raises Appointment.DoesNotExist outside the actor's scope, else as `plan_appointment`.
    """
    now = timezone.now()
    appointment = hold_appointment(actor, appointment_id)
    refuse_unless(appointment, AppointmentState.PLANNED, now)
    if plan.starts_at != appointment.starts_at or plan.minutes != appointment.minutes:
        check_plan(plan, now)
    case = appointment.case if plan.case == appointment.case_id else case_of_plan(actor, plan)
    people = people_of(actor, plan, case, already_in=appointment.pk)
    targets = [appointment, *following(appointment, reach)]
    zone, old = timezone.get_default_timezone(), appointment.starts_at
    plans = [replace(plan, starts_at=carried(each.starts_at, old, plan.starts_at, zone)) for each in targets]
    but = [each.pk for each in targets]
    room = appointment.room_id if plan.room == appointment.room_id else _room(actor, plan)
    _refuse_clashes(actor, Wanted(appointment.school, appointment.owner_id, room, plan.pupils, but), plans)
    for each, wanted in zip(targets, plans, strict=True):
        moved = _note_move(actor, each, wanted, now)
        each.changed_at = now
        _enter(actor, each, wanted, case, people)
        log(actor, "appointment_changed", each, moved=moved)
    return appointment


@transaction.atomic
def move_appointment(
    actor: Actor, appointment_id: UUID, *, starts_at: datetime, minutes: int | None = None, reach: Reach = Reach.ONE
) -> Appointment:
    """Give a planned appointment another time and leave all else as it is; raises as `change_appointment`."""
    plan = plan_of(appointment_in_reach(actor, appointment_id))
    moved = replace(plan, starts_at=starts_at, minutes=minutes or plan.minutes)
    return change_appointment(actor, appointment_id, moved, reach=reach)


def following(appointment: Appointment, reach: Reach) -> Iterable[Appointment]:
    """What comes after it in its series and is still planned, if the change reaches so far."""
    if reach is Reach.ONE or appointment.series_id is None:
        return []
    later = Appointment.objects.filter(
        series=appointment.series_id, starts_at__gt=appointment.starts_at, state=AppointmentState.PLANNED
    )
    return list(later.select_for_update(of=("self",)).select_related("case", "data_key", "school__district"))


def _starts(school: School, plan: Plan) -> list[datetime]:
    zone = timezone.get_default_timezone()
    first = plan.starts_at.astimezone(zone).date()
    year = SchoolYear.objects.filter(region=school.district.region_id, starts_on__lte=first, ends_on__gte=first).first()
    if year is None:
        raise AppointmentRefused(gettext("No school year is known for that day, so it cannot be repeated."))
    calendar = calendar_of(school, Basis.SCHOOL, plan.starts_at)
    return [at_time(plan.starts_at, day, zone) for day in weekly(first, year.ends_on, calendar.counts)]


def _room(actor: Actor, plan: Plan) -> int | None:
    """Raises Room.DoesNotExist for one of another school."""
    if plan.room is None:
        return None
    room: Room = rooms_of(actor).get(pk=plan.room)
    return room.pk


def _refuse_clashes(actor: Actor, wanted: Wanted, plans: list[Plan]) -> None:
    said = [why for plan in plans if (why := clash(wanted, (plan.starts_at, plan.ends_at), asking=actor.user.pk))]
    if said:
        raise AppointmentRefused(" ".join(said[:CLASHES_SAID]))


def _copy(blank: Appointment) -> Appointment:
    """Another one like it, with an id of its own."""
    names = ("school", "owner", "series", "created_by", "created_at", "changed_at")
    return Appointment(**{name: getattr(blank, name) for name in names})


def _note_move(actor: Actor, appointment: Appointment, plan: Plan, now: datetime) -> bool:
    """Keep the old time where it is another one from now on; returns whether it is."""
    if (appointment.starts_at, appointment.ends_at) == (plan.starts_at, plan.ends_at):
        return False
    old = {"starts_at": appointment.starts_at, "ends_at": appointment.ends_at}
    Move.objects.create(appointment=appointment, at=now, by=actor.user, **old)
    appointment.sequence += 1
    return True


def _enter(actor: Actor, appointment: Appointment, plan: Plan, case: Case | None, people: People) -> Appointment:
    appointment.starts_at, appointment.ends_at = plan.starts_at, plan.ends_at
    appointment.kind, appointment.room_id, appointment.case = plan.kind, plan.room, case
    appointment.pupil_count, appointment.people_count = len(people.pupils), plan.people_count
    appointment.data_key = key_for(case, people)
    appointment.purpose_sealed = seal_words(appointment, "purpose", plan.purpose)
    appointment.save()
    write_people(appointment, people)
    plan_reminder(appointment, timezone.now())
    return appointment
