"""New alarms, of one press or of many that came together: everything that follows from them, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from caseflow.alarms.enums import Spot, Step
from caseflow.alarms.models import Alarm, AlarmStep, Device, Press
from caseflow.alarms.rules import FLOORS, waited
from caseflow.alarms.services.calling import call_first
from caseflow.alarms.services.drilling import hold_drills
from caseflow.audit.services import record_events
from caseflow.directory.models import Room
from caseflow.records.vault import new_keys


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


def raise_alarms(presses: Sequence[tuple[Device, Pressed]]) -> list[Alarm]:
    """An alarm for each press, in order; the first centres are called. In the caller's transaction, which holds the
    locks of the devices and has seen that none has an open alarm. A fixed number of queries for any number of presses.
    """
    now, rooms = timezone.now(), _rooms(presses)
    alarms = Alarm.objects.bulk_create(
        Alarm(
            school=device.school,
            device=device,
            pressed_at=now,
            waited_s=int(waited(said.waited_s).total_seconds()),
            **_place(device, said, rooms),
            anonymous=said.anonymous,
            data_key=key,
        )
        for (device, said), key in zip(presses, new_keys("alarm", len(presses)), strict=True)
    )
    raised = list(zip(alarms, (said for _, said in presses), strict=True))
    keep_presses(raised, Step.PRESSED)
    hold_drills((alarm, waited(said.waited_s)) for alarm, said in raised if not said.insists)
    call_first(alarms)
    events = ((f"alarm:{alarm.pk}", {"by": alarm.device.holder}) for alarm in alarms)
    record_events(action="alarm.pressed", events=events)
    return alarms


def keep_presses(presses: Sequence[tuple[Alarm, Pressed]], step: Step) -> None:
    """Keep what was sent, each a step of its alarm."""
    now = timezone.now()
    Press.objects.bulk_create(
        Press(
            device_id=alarm.device_id,
            client_key=said.client_key,
            alarm=alarm,
            received_at=now,
            waited_s=int(waited(said.waited_s).total_seconds()),
        )
        for alarm, said in presses
    )
    AlarmStep.objects.bulk_create(AlarmStep(alarm=alarm, step=step, at=now) for alarm, _ in presses)


def _rooms(presses: Sequence[tuple[Device, Pressed]]) -> dict[int, Room]:
    told = {said.room_id for _, said in presses if said.room_id}
    return Room.objects.in_bulk(told) if told else {}


def _place(device: Device, said: Pressed, rooms: dict[int, Room]) -> dict[str, Any]:
    """Where it was pressed. A room of another school, or a floor or spot that is none, is left out, never refused."""
    if not said.tells_a_place:
        return {"room": device.room, "floor": device.floor, "spot": device.spot}
    room = rooms.get(said.room_id) if said.room_id else None
    own = room if room and room.school_id == device.school_id else None
    floor = said.floor if said.floor is not None and said.floor in FLOORS else None
    return {"room": own, "floor": floor, "spot": said.spot if said.spot in Spot.values else ""}
