from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from caseflow.alarms.enums import AlarmState, Step
from caseflow.alarms.models import Alarm, AlarmStep, Device, Press
from caseflow.alarms.services.drilling import turn_real
from caseflow.alarms.services.raising import Pressed, keep_presses, raise_alarms


@transaction.atomic
def press(device: Device, said: Pressed) -> Alarm:
    """Take a press: one alarm however often it is sent, and one while the device's alarm is open. Never refused.

    `device` is as `find_device` gives it. Calls the first centre in the same transaction, so that a press that was
    answered cannot be lost. Raises Device.DoesNotExist when the device was ended.
    """
    # The lock puts two sendings of one press, and two presses of one device, one after the other.
    Device.objects.select_for_update(no_key=True).only("pk").get(pk=device.pk, ended_at=None)
    this = Press.objects.filter(alarm=OuterRef("pk"), device=device, client_key=said.client_key)
    # Locked, so that none is found that is closed at this moment: the press would be lost in it.
    known = Alarm.objects.select_for_update(no_key=True).filter(device=device).annotate(has_this=Exists(this))
    alarm = known.filter(~Q(state=AlarmState.CLOSED) | Q(has_this=True)).order_by("-has_this").first()
    if alarm is None:
        return raise_alarms([(device, said)])[0]
    if not alarm.has_this:
        keep_presses([(alarm, said)], Step.PRESSED_AGAIN)
        turn_real(alarm)  # who presses twice is in no drill
    return alarm


def say_whether_needed(device: Device, alarm_id: UUID, *, needed: bool) -> Alarm:
    """The presser of a late alarm says whether help is still needed. Raises Alarm.DoesNotExist for another's."""
    with transaction.atomic():
        alarm = Alarm.objects.select_for_update(no_key=True).get(pk=alarm_id, device=device)
        alarm.still_needed = needed
        alarm.save(update_fields=["still_needed"])
        step = Step.STILL_NEEDED if needed else Step.NO_LONGER_NEEDED
        AlarmStep.objects.create(alarm=alarm, step=step, at=timezone.now())
    return alarm


def say_it_is_real(device: Device, alarm_id: UUID) -> Alarm:
    """The presser turns a drill into a real alarm; where the drill is over already, a new alarm is raised at once.

    Raises Alarm.DoesNotExist for another's, Device.DoesNotExist when the device was ended.
    """
    with transaction.atomic():
        alarm = Alarm.objects.select_for_update(no_key=True).get(pk=alarm_id, device=device)
        if alarm.state != AlarmState.CLOSED:
            turn_real(alarm)
            return Alarm.objects.get(pk=alarm.pk)
    return press(device, Pressed(client_key=uuid5(alarm.pk, "real"), anonymous=alarm.anonymous, insists=True))
