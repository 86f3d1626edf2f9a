"""The plan of drills, for the drill officer alone (rule 20)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from caseflow.alarms.enums import DrillState, Holder
from caseflow.alarms.models import Button, Device, Drill
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership, School

WINDOW = "drill_window"
HELD_SHOWN = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class DrillRow:
    """A line of the plan. `accepted_s` is the time from the press to the accepting."""

    drill: Drill
    state: DrillState
    accepted_s: int | None


def scoped_drills(actor: Actor) -> QuerySet[Drill]:
    """The drills of the officer's schools; nobody else has any."""
    if actor.role != Role.DRILL_OFFICER:
        return Drill.objects.none()
    drills = Drill.objects.filter(device__school__in=actor.schools())
    return drills.select_related(
        "device__school__district", "device__room", "device__user", "device__button", "alarm", "armed_by"
    )


def drillable(actor: Actor) -> QuerySet[Device]:
    """The devices of which a drill can be planned: buttons and phones of the staff, none of which has one coming.

    A pupil's phone is nobody's by name, so nobody could be asked to press it.
    """
    if actor.role != Role.DRILL_OFFICER:
        return Device.objects.none()
    coming = Drill.objects.filter(alarm=None, cancelled_at=None).values("device")
    devices = Device.objects.filter(school__in=actor.schools(), ended_at=None, holder__in=(Holder.BUTTON, Holder.STAFF))
    return (
        devices.exclude(pk__in=coming)
        .select_related("school", "room", "user", "button")
        .order_by("school__name_ru", "holder", "enrolled_at")
    )


def coming_drills(actor: Actor, now: datetime | None = None) -> list[DrillRow]:
    """Those that are planned, armed or just running, the earliest first (1 query)."""
    running = Q(alarm__isnull=False, alarm__closed_at=None)
    drills = scoped_drills(actor).filter(Q(alarm=None) | running, cancelled_at=None).order_by("planned_at", "pk")
    return [row_of(drill, now or timezone.now()) for drill in drills]


def held_drills(actor: Actor, now: datetime | None = None) -> list[DrillRow]:
    """Those of the last 60 days that are over, the newest first (1 query)."""
    moment = now or timezone.now()
    over = scoped_drills(actor).filter(alarm__closed_at__isnull=False, alarm__pressed_at__gte=moment - HELD_SHOWN)
    return [row_of(drill, moment) for drill in over.order_by("-alarm__pressed_at")]


def row_of(drill: Drill, now: datetime) -> DrillRow:
    """How a drill stands."""
    alarm = drill.alarm
    accepted = alarm.accepted_at - alarm.pressed_at if alarm and alarm.accepted_at else None
    return DrillRow(drill, _state(drill, now), round(accepted.total_seconds()) if accepted is not None else None)


def officers_of(school: School) -> QuerySet[Membership]:
    """The memberships in force of the drill officers of the school's district."""
    today = timezone.localdate()
    in_force = Q(ends_on=None) | Q(ends_on__gte=today)
    officers = Membership.objects.filter(in_force, role=Role.DRILL_OFFICER, district=school.district_id)
    return officers.filter(starts_on__lte=today, user__is_active=True)


def unplanned_buttons() -> QuerySet[Button]:
    """The buttons in force of which no drill is coming."""
    coming = Drill.objects.filter(alarm=None, cancelled_at=None).values("device")
    buttons = Button.objects.filter(device__ended_at=None).exclude(device__in=coming)
    return buttons.select_related("device__school__district", "test_clock")


def _state(drill: Drill, now: datetime) -> DrillState:
    if drill.real_at:
        return DrillState.REAL
    if drill.alarm_id:
        return DrillState.HELD if drill.revealed_at else DrillState.PRESSED
    if drill.is_armed(now):
        return DrillState.ARMED
    return DrillState.DUE if drill.planned_at <= now else DrillState.PLANNED
