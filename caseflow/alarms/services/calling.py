from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from caseflow.alarms.enums import AlarmState, Step
from caseflow.alarms.models import Alarm, AlarmStep, Call
from caseflow.alarms.selectors.calling import operators_of, rungs_of
from caseflow.clocks.models import Clock
from caseflow.clocks.services import start_clock, stop_clock
from caseflow.directory.enums import Role
from caseflow.directory.selectors import members_of_school, recipients
from notifications.enums import AlertKind
from notifications.services import News, tell
from notifications.texts import Params

ACKNOWLEDGE, DISPATCH = "panic_acknowledge", "panic_dispatch"


def call_first(alarm: Alarm) -> None:
    """Show a new alarm to the operators of the first centre and to the school's duty persons, in the caller's
    transaction."""
    duty = recipients(members_of_school(alarm.school, [Role.DUTY_PERSON]))
    to_duty = News(duty, AlertKind.ALARM, _params(alarm), reverse("alarms:school-alarm", args=[alarm.pk]))
    tell([*_call(alarm, 0), to_duty])


def call_next(clock_ids: Iterable[UUID]) -> None:
    """Of the calls whose clocks these are: where nobody accepted in time, call the next centre of the ladder.

    Behind the last rung the first is called again. An alarm accepted meanwhile is left alone.
    """
    late = Call.objects.filter(clock__in=list(clock_ids), clock__escalated_at__isnull=False)
    for call in late.select_related("alarm"):
        _call_after(call)


def stop_calling(alarm: Alarm) -> None:
    """Somebody has accepted: the clocks of all calls stop."""
    for clock_id in Call.objects.filter(alarm=alarm).values_list("clock", flat=True):
        stop_clock(clock_id)


@transaction.atomic
def _call_after(call: Call) -> None:
    waiting = Alarm.objects.select_for_update(no_key=True, of=("self",)).select_related("school__district")
    alarm = waiting.filter(pk=call.alarm_id, state=AlarmState.WAITING).first()
    if alarm and not Call.objects.filter(alarm=alarm, rung__gt=call.rung).exists():
        tell(_call(alarm, call.rung + 1))
        AlarmStep.objects.create(alarm=alarm, step=Step.RUNG, at=timezone.now())


def _call(alarm: Alarm, rung: int) -> list[News]:
    """Call the centre on this rung; returns what its operators are to be told, none where no centre answers."""
    rungs, now = rungs_of(alarm.school), timezone.now()
    if not rungs:  # the panic page tells the presser to phone; duty persons are told by `call_first`
        return []
    centre, clock = rungs[rung % len(rungs)], start_clock(ACKNOWLEDGE, alarm.school, now)
    Call.objects.create(alarm=alarm, centre=centre, rung=rung, called_at=now, clock=clock)
    url = f"{reverse('alarms:console')}?alarm={alarm.pk}"
    return [News(recipients(operators_of(centre)), AlertKind.ALARM, _params(alarm), url)]


def _params(alarm: Alarm) -> Params:
    return {"school": alarm.school.names}


def start_dispatch_clock(alarm: Alarm) -> Clock:
    """The two minutes in which a patrol is to be sent."""
    return start_clock(DISPATCH, alarm.school)
