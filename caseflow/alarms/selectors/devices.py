from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet

from caseflow.alarms.enums import Holder
from caseflow.alarms.models import Device, SchoolCode
from caseflow.alarms.rules import floor_of
from caseflow.directory.actors import Actor
from caseflow.directory.models import Room, School


@dataclass(frozen=True, slots=True)
class Floor:
    """The rooms whose numbers tell this floor; None: those whose names do not."""

    number: int | None
    rooms: tuple[Room, ...]


def floors_of(school: School) -> list[Floor]:
    """The rooms of a school floor by floor, those without a number last (1 query)."""
    rooms: defaultdict[int | None, list[Room]] = defaultdict(list)
    for room in Room.objects.filter(school=school):
        rooms[floor_of(room.name)].append(room)
    numbered = sorted(number for number in rooms if number is not None)
    order: list[int | None] = [*numbered, *([None] if None in rooms else [])]
    return [Floor(number, tuple(rooms[number])) for number in order]


def code_in_force(actor: Actor) -> SchoolCode | None:
    """The code by which pupils of the actor's school enrol phones."""
    return SchoolCode.objects.filter(school__in=actor.schools(), revoked_at=None).first()


def devices_in_force() -> QuerySet[Device]:
    """Those that can raise an alarm, with their places; nobody's page may show them all."""
    return Device.objects.filter(ended_at=None).select_related("school__district", "room")


def devices_of(actor: Actor) -> QuerySet[Device]:
    """The phones in force at the actor's school, the newest first. Fixed buttons have a register of their own."""
    devices = Device.objects.filter(school__in=actor.schools(), ended_at=None).exclude(holder=Holder.BUTTON)
    return devices.select_related("user", "room").order_by("-enrolled_at")


def own_devices(actor: Actor) -> QuerySet[Device]:
    """The person's own phones in force at the school of the role."""
    return devices_of(actor).filter(user=actor.user)
