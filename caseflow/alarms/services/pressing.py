from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from caseflow.alarms.enums import AlarmState, Spot, Step
from caseflow.alarms.models import Alarm, AlarmStep, Device, Press
from caseflow.alarms.rules import FLOORS, waited
from caseflow.alarms.services.calling import call_first
from caseflow.alarms.services.drilling import hold_drill, turn_real
from caseflow.audit.services import record
from caseflow.directory.models import Room
from caseflow.records.vault import new_key


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a device says of a press. `waited_s` counts by its own clock from the press to the sending."""

    client_key: UUID
    waited_s: float = 0
    anonymous: bool = True
    room_id: int | None = None
    floor: int | None = None
    spot: str = ""
    insists: bool = False  # that it is real, whatever was arranged

    @property
    def tells_a_place(self) -> bool:
        return self.room_id is not None or self.floor is not None or bool(self.spot)


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
        return _raised(device, said)
    if not alarm.has_this:
        _keep(alarm, device, said, Step.PRESSED_AGAIN)
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


def _raised(device: Device, said: Pressed) -> Alarm:
    alarm = Alarm.objects.create(
        school=device.school,
        device=device,
        pressed_at=timezone.now(),
        waited_s=int(waited(said.waited_s).total_seconds()),
        **_place(device, said),
        anonymous=said.anonymous,
        data_key=new_key("alarm"),
    )
    _keep(alarm, device, said, Step.PRESSED)
    hold_drill(alarm, waited(said.waited_s), insists=said.insists)
    call_first(alarm)
    record(action="alarm.pressed", actor_id=None, role="", obj=f"alarm:{alarm.pk}", detail={"by": device.holder})
    return alarm


def _place(device: Device, said: Pressed) -> dict[str, Any]:
    """Where it was pressed. A room of another school, or a floor or spot that is none, is left out, never refused."""
    if not said.tells_a_place:
        return {"room": device.room, "floor": device.floor, "spot": device.spot}
    room = Room.objects.filter(pk=said.room_id, school=device.school).first() if said.room_id else None
    floor = said.floor if said.floor is not None and said.floor in FLOORS else None
    return {"room": room, "floor": floor, "spot": said.spot if said.spot in Spot.values else ""}


def _keep(alarm: Alarm, device: Device, said: Pressed, step: Step) -> None:
    now = timezone.now()
    waiting = int(waited(said.waited_s).total_seconds())
    Press.objects.create(device=device, client_key=said.client_key, alarm=alarm, received_at=now, waited_s=waiting)
    AlarmStep.objects.create(alarm=alarm, step=step, at=now)
