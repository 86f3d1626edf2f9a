"""The plan of drills: one a month for each button, drawn by chance; the officer plans, moves, cancels and arms."""

import secrets
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from caseflow.alarms.enums import AlarmState
from caseflow.alarms.models import Alarm, Button, Device, Drill
from caseflow.alarms.rules.drills import draw_moment, room_for
from caseflow.alarms.selectors.buttons import term
from caseflow.alarms.selectors.drills import WINDOW, drillable, officers_of, scoped_drills, unplanned_buttons
from caseflow.audit.services import record
from caseflow.clocks.enums import Basis
from caseflow.clocks.selectors import calendar_of
from caseflow.directory.actors import Actor
from caseflow.directory.selectors import recipients
from notifications.enums import AlertKind
from notifications.services import alert


class BadDrillError(ValueError):
    """This cannot be done with the drill now; the message is for the drill officer."""


def tend_drills(now: datetime | None = None) -> int:
    """Draw a drill for every button that has none coming, and tell the officers whose drill's time has come; returns
    how many of both. May run twice at a time."""
    moment = now or timezone.now()
    return draw_drills(moment) + _tell_of_due(moment)


def draw_drills(now: datetime, below: Callable[[int], int] = secrets.randbelow) -> int:
    """Draw a moment within the button's month, in the hours of its school, that nobody can foresee."""
    return sum(_draw(button, now, below) for button in unplanned_buttons())


@transaction.atomic
def plan_drill(actor: Actor, device_id: UUID, at: datetime) -> Drill:
    """Plan a drill of a device that has none coming. Raises Device.DoesNotExist outside the scope, BadDrillError."""
    device = drillable(actor).get(pk=device_id)
    _refuse_past(at)
    drill = _planned(device, at, planned_by=actor.user.pk)
    if drill is None:
        raise BadDrillError(_("A drill of this button is planned already"))
    _log(actor, drill)
    return drill


@transaction.atomic
def move_drill(actor: Actor, drill_id: UUID, at: datetime) -> Drill:
    """Another moment. Raises Drill.DoesNotExist outside the scope, BadDrillError."""
    drill = scoped_drills(actor).get(pk=drill_id)
    _refuse_past(at)
    _change(drill, planned_at=at, told_at=None)
    _log(actor, drill)
    return scoped_drills(actor).get(pk=drill_id)


@transaction.atomic
def cancel_drill(actor: Actor, drill_id: UUID) -> None:
    """Not then; for a button another one is drawn, since its month goes on. Raises as `move_drill`."""
    drill = scoped_drills(actor).get(pk=drill_id)
    _change(drill, cancelled_at=timezone.now())
    _log(actor, drill)


@transaction.atomic
def arm_drill(actor: Actor, drill_id: UUID) -> Drill:
    """From now on, for the term of a window, the device's first press is the drill. Raises as `move_drill`."""
    drill = scoped_drills(actor).get(pk=drill_id)
    # As a press locks it: whichever comes first, a press is not half a drill.
    Device.objects.select_for_update(no_key=True).get(pk=drill.device_id)
    if Alarm.objects.filter(device=drill.device_id).exclude(state=AlarmState.CLOSED).exists():
        raise BadDrillError(_("An alarm of this button is open. It is real."))
    now = timezone.now()
    _change(drill, armed_at=now, armed_until=now + term(WINDOW), armed_by=actor.user)
    _log(actor, drill)
    return scoped_drills(actor).get(pk=drill_id)


@transaction.atomic
def disarm_drill(actor: Actor, drill_id: UUID) -> Drill:
    """The next press is a real alarm again; the drill stays planned. Raises as `move_drill`."""
    drill = scoped_drills(actor).get(pk=drill_id)
    _change(drill, armed_at=None, armed_until=None, armed_by=None)
    _log(actor, drill)
    return scoped_drills(actor).get(pk=drill_id)


def _change(drill: Drill, **fields: object) -> None:
    if not Drill.objects.filter(pk=drill.pk, alarm=None, cancelled_at=None).update(**fields):
        raise BadDrillError(_("The drill is over"))


def _refuse_past(at: datetime) -> None:
    if at < timezone.now():
        raise BadDrillError(_("This moment has passed"))


def _draw(button: Button, now: datetime, below: Callable[[int], int]) -> bool:
    clock, school = button.test_clock, button.device.school
    was_tested = Drill.objects.filter(device=button.device_id, revealed_at__isnull=False).exists()
    first, last = room_for(started_at=clock.started_at, due_at=clock.due_at, was_tested=was_tested, now=now)
    moment = draw_moment(first, last, calendar_of(school, Basis.SCHOOL, now), below)
    return _planned(button.device, moment, planned_by=None) is not None


def _planned(device: Device, at: datetime, planned_by: int | None) -> Drill | None:
    """The new drill, or None where somebody was faster: the database has one coming drill for a device."""
    try:
        with transaction.atomic():
            return Drill.objects.create(device=device, planned_at=at, planned_by_id=planned_by)
    except IntegrityError:
        return None


def _tell_of_due(now: datetime) -> int:
    due = Drill.objects.filter(alarm=None, cancelled_at=None, told_at=None, planned_at__lte=now)
    return sum(_tell_once(drill, now) for drill in due.select_related("device__school__district"))


@transaction.atomic
def _tell_once(drill: Drill, now: datetime) -> bool:
    if not Drill.objects.filter(pk=drill.pk, told_at=None, alarm=None, cancelled_at=None).update(told_at=now):
        return False
    school = drill.device.school
    alert(
        recipients=recipients(officers_of(school)),
        kind=AlertKind.DRILL_DUE,
        params={"school": school.names},
        url=reverse("alarms:drill", args=[drill.pk]),
    )
    return True


def _log(actor: Actor, drill: Drill) -> None:
    """One name for every change and nothing of what it is: whoever reads the log learns of no coming drill."""
    record(action="drill.plan_changed", actor_id=actor.user.pk, role=actor.role, obj=f"drill:{drill.pk}")
