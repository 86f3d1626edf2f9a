"""What becomes of the press of an armed device. Until somebody accepts it, nothing tells it from a real alarm."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import cast

from django.db.models import Case, Q, QuerySet, UUIDField, Value, When
from django.urls import reverse
from django.utils import timezone

from caseflow.alarms.enums import AlarmState, Step
from caseflow.alarms.models import Alarm, AlarmStep, Button, Device, Drill
from caseflow.alarms.services.calling import start_dispatch_clock
from caseflow.audit.services import record
from caseflow.clocks.services import start_clock, stop_clock
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.selectors import members_of_school, recipients
from notifications.enums import AlertKind
from notifications.services import alert

TEST = "button_test"


def coming_of(device: Device) -> QuerySet[Drill]:
    """The drill of the device that is planned or armed, at most one."""
    return Drill.objects.filter(device=device, alarm=None, cancelled_at=None)


def hold_drills(presses: Iterable[tuple[Alarm, timedelta]]) -> None:
    """Make each new alarm the drill of its device if that is armed and the press, which waited so long, came after the
    arming; in the caller's transaction. 1 query, whether anything is armed or not: the time tells nobody."""
    armed, alarms = Q(pk=None), []
    for alarm, waited in presses:
        now = alarm.pressed_at
        armed |= Q(device=alarm.device_id, armed_at__lte=now - waited, armed_until__gte=now)
        alarms.append(When(device=alarm.device_id, then=Value(alarm.pk)))
    if alarms:
        coming = Drill.objects.filter(armed, alarm=None, cancelled_at=None)
        coming.update(alarm=Case(*alarms, output_field=UUIDField()))


def reveal(alarm: Alarm, now: datetime) -> bool:
    """Somebody has accepted the alarm: if it is a drill, it is known as one from now on, no patrol is due, and the
    button's month begins anew. In the caller's transaction."""
    if not Drill.objects.filter(alarm=alarm, real_at=None, revealed_at=None).update(revealed_at=now):
        return False
    _stop_dispatch(alarm)
    button = Button.objects.filter(device=alarm.device_id).first()
    if button:
        restart_test(button, alarm, now)
    _tell_duty(alarm)
    return True


def restart_test(button: Button, alarm: Alarm, now: datetime) -> None:
    """The button was tested: its clock stops, and that of the next test starts."""
    stop_clock(button.test_clock_id, now)
    Button.objects.filter(pk=button.pk).update(test_clock=start_clock(TEST, alarm.school, now))


def turn_real(alarm: Alarm, by: Actor | None = None) -> bool:
    """The presser, or the operator who holds it, says that it is real: an alarm like any other from
    now on, and who holds it is rung. False for what is no drill, or not any more. In the caller's transaction."""
    now = timezone.now()
    if not Drill.objects.filter(alarm=alarm, real_at=None).update(real_at=now):
        return False
    AlarmStep.objects.create(alarm=alarm, step=Step.TURNED_REAL, at=now, by=by.user if by else None)
    who = (by.user.pk, str(by.role)) if by else (None, "")
    record(action="alarm.turned_real", actor_id=who[0], role=who[1], obj=f"alarm:{alarm.pk}")
    if Drill.objects.filter(alarm=alarm, revealed_at__isnull=False).exists():
        Alarm.objects.filter(pk=alarm.pk).update(dispatch_clock=start_dispatch_clock(alarm))
        _ring_holder(alarm)
    return True


def drop_drills(device: Device, now: datetime) -> None:
    """The device has ended: no drill of it comes, and no test is due."""
    coming_of(device).update(cancelled_at=now)
    for clock_id in Button.objects.filter(device=device).values_list("test_clock", flat=True):
        stop_clock(clock_id, now)


def _stop_dispatch(alarm: Alarm) -> None:
    started = Alarm.objects.filter(pk=alarm.pk, dispatch_clock__isnull=False).values_list("dispatch_clock", flat=True)
    for clock_id in started:
        stop_clock(clock_id)


def _ring_holder(alarm: Alarm) -> None:
    held = Alarm.objects.select_related("school").exclude(state=AlarmState.CLOSED).get(pk=alarm.pk)
    params = {"school": held.school.names}
    console = f"{reverse('alarms:console')}?alarm={held.pk}"
    holder = cast("int", held.operator_id)  # who has accepted it
    alert(recipients=[(holder, None)], kind=AlertKind.ALARM, params=params, url=console)
    duty = recipients(members_of_school(held.school, [Role.DUTY_PERSON]))
    page = reverse("alarms:school-alarm", args=[held.pk])
    alert(recipients=duty, kind=AlertKind.ALARM, params=params, url=page)


def _tell_duty(alarm: Alarm) -> None:
    duty = recipients(members_of_school(alarm.school, [Role.DUTY_PERSON]))
    page = reverse("alarms:school-alarm", args=[alarm.pk])
    alert(recipients=duty, kind=AlertKind.ALARM_MESSAGE, params={"school": alarm.school.names}, url=page)
