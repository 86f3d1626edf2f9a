from collections.abc import Collection
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from caseflow.accounts.models import User
from caseflow.alarms.enums import OFFERED_FINDINGS, AlarmState, Finding, Step
from caseflow.alarms.models import Alarm, AlarmStep
from caseflow.alarms.rules import MOVES, TAKEN
from caseflow.alarms.selectors.scope import centre_of, scoped_alarms
from caseflow.alarms.services.calling import start_dispatch_clock, stop_calling
from caseflow.alarms.services.drilling import reveal, turn_real
from caseflow.alarms.services.reporting import report_alarm
from caseflow.audit.services import record
from caseflow.clocks.services import stop_clock
from caseflow.directory.actors import Actor


class BadAlarmError(ValueError):
    """The step cannot be taken now; the message is for the operator."""


class AlreadyTakenError(BadAlarmError):
    """Somebody else holds the alarm: `operator`."""

    def __init__(self, operator: User | None) -> None:
        super().__init__(_("%(name)s has accepted it") % {"name": operator.short_name if operator else ""})
        self.operator = operator


@transaction.atomic
def mark_delivered(actor: Actor, alarm_ids: Collection[UUID]) -> int:
    """These alarms stand on the operator's screen; the first screen counts. Returns how many were new on one."""
    now = timezone.now()
    unseen = scoped_alarms(actor).filter(pk__in=alarm_ids, delivered_at=None)
    new = list(unseen.select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True))
    Alarm.objects.filter(pk__in=new).update(delivered_at=now)
    AlarmStep.objects.bulk_create(AlarmStep(alarm_id=pk, step=Step.DELIVERED, at=now, by=actor.user) for pk in new)
    return len(new)


@transaction.atomic
def accept(actor: Actor, alarm_id: UUID) -> Alarm:
    """Take a waiting alarm; of two operators the first has it.

    Raises Alarm.DoesNotExist outside the actor's centre, AlreadyTakenError for everybody but the first, BadAlarmError
    when it is over.
    """
    alarm = scoped_alarms(actor).select_related("school").get(pk=alarm_id)
    centre = centre_of(actor)
    if centre is None:
        raise Alarm.DoesNotExist
    now = max(timezone.now(), alarm.pressed_at)  # told by another machine, perhaps a little ahead
    if not _moved(alarm, Step.ACCEPTED, now, operator=actor.user, centre=centre):
        holder = Alarm.objects.select_related("operator").get(pk=alarm.pk)
        if holder.state == AlarmState.CLOSED:
            raise BadAlarmError(_("The alarm is closed"))
        if holder.operator_id == actor.user.pk:
            return holder
        raise AlreadyTakenError(holder.operator)
    Alarm.objects.filter(pk=alarm.pk, delivered_at=None).update(delivered_at=now)  # who accepts it has seen it
    stop_calling(alarm)
    Alarm.objects.filter(pk=alarm.pk).update(dispatch_clock=start_dispatch_clock(alarm))
    reveal(alarm, now)
    return _told(actor, "alarm.accepted", alarm, Step.ACCEPTED)


@transaction.atomic
def dispatch(actor: Actor, alarm_id: UUID, patrol: str = "") -> Alarm:
    """A patrol is on its way; stops the clock of two minutes. Raises as `_own` and BadAlarmError."""
    alarm = _own(actor, alarm_id)
    _refuse_drill(alarm)
    _move(alarm, Step.DISPATCHED, patrol=patrol.strip()[:40])
    _stop_dispatch(alarm)
    return _told(actor, "alarm.dispatched", alarm, Step.DISPATCHED)


@transaction.atomic
def arrive(actor: Actor, alarm_id: UUID) -> Alarm:
    """The patrol is there. Raises as `_own` and BadAlarmError."""
    alarm = _own(actor, alarm_id)
    _refuse_drill(alarm)
    _move(alarm, Step.ARRIVED)
    _stop_dispatch(alarm)
    return _told(actor, "alarm.arrived", alarm, Step.ARRIVED)


@transaction.atomic
def classify(actor: Actor, alarm_id: UUID, finding: str) -> Alarm:
    """Say what it is; may be said again while the alarm is open. Raises as `_own` and BadAlarmError."""
    alarm = _own(actor, alarm_id)
    if finding not in OFFERED_FINDINGS:
        raise BadAlarmError(_("Choose what it was"))
    if not Alarm.objects.filter(pk=alarm.pk, state__in=TAKEN).update(finding=finding):
        raise BadAlarmError(_("The alarm is closed"))
    return _told(actor, "alarm.classified", alarm, Step.CLASSIFIED, finding=finding)


@transaction.atomic
def close(actor: Actor, alarm_id: UUID) -> Alarm:
    """End an alarm of which a person has said what it was; a drill is one by itself. What is to be assessed becomes a
    report at the school. Raises as `_own` and BadAlarmError.
    """
    alarm = _own(actor, alarm_id)
    if not alarm.finding and not alarm.is_drill:
        raise BadAlarmError(_("Say first what it was"))
    _move(alarm, Step.CLOSED, **({"finding": Finding.DRILL} if alarm.is_drill else {}))
    _stop_dispatch(alarm)
    report_alarm(actor, alarm)
    return _told(actor, "alarm.closed", alarm, Step.CLOSED)


@transaction.atomic
def take_over(actor: Actor, alarm_id: UUID) -> Alarm:
    """Take an open alarm from a colleague of the same centre. Raises Alarm.DoesNotExist, BadAlarmError."""
    alarm = scoped_alarms(actor).get(pk=alarm_id)
    same = Alarm.objects.filter(pk=alarm.pk, centre=centre_of(actor), state__in=TAKEN)
    if not same.update(operator=actor.user):
        raise BadAlarmError(_("Another centre has this alarm, or it is closed"))
    return _told(actor, "alarm.handed_over", alarm, Step.HANDED_OVER)


@transaction.atomic
def treat_as_real(actor: Actor, alarm_id: UUID) -> Alarm:
    """Who holds a drill has learnt, by the chat or the telephone, that it is real. Raises as `_own`, BadAlarmError."""
    alarm = _own(actor, alarm_id)
    if not alarm.is_drill or not turn_real(alarm, by=actor):
        raise BadAlarmError(_("This is no drill"))
    return Alarm.objects.get(pk=alarm.pk)


def _refuse_drill(alarm: Alarm) -> None:
    if alarm.is_drill:
        raise BadAlarmError(_("This is a drill: no patrol is sent"))


def _own(actor: Actor, alarm_id: UUID) -> Alarm:
    """The alarm, locked, if the actor holds it. Raises Alarm.DoesNotExist outside the scope, AlreadyTakenError."""
    reached = scoped_alarms(actor).get(pk=alarm_id)
    alarm = Alarm.objects.select_for_update(no_key=True).get(pk=reached.pk)
    if alarm.operator_id is None:
        raise BadAlarmError(_("Accept the alarm first"))
    if alarm.operator_id != actor.user.pk:
        raise AlreadyTakenError(alarm.operator)
    return alarm


def _move(alarm: Alarm, step: Step, **also: Any) -> None:
    if not _moved(alarm, step, timezone.now(), **also):
        raise BadAlarmError(_("This step does not follow from where the alarm stands"))


def _moved(alarm: Alarm, step: Step, now: datetime, **also: Any) -> bool:
    before, after = MOVES[step]
    fields: dict[str, Any] = {"state": after, f"{step.value}_at": now, **also}
    return bool(Alarm.objects.filter(pk=alarm.pk, state__in=before).update(**fields))


def _stop_dispatch(alarm: Alarm) -> None:
    stop_clock(cast("UUID", alarm.dispatch_clock_id))  # accepting has started it


def _told(actor: Actor, action: str, alarm: Alarm, step: Step, **detail: object) -> Alarm:
    AlarmStep.objects.create(alarm=alarm, step=step, at=timezone.now(), by=actor.user)
    record(action=action, actor_id=actor.user.pk, role=actor.role, obj=f"alarm:{alarm.pk}", detail=detail)
    return Alarm.objects.get(pk=alarm.pk)
