"""Which rooms of a school are taken, for its whole staff: when, and nothing else."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from caseflow.appointments.enums import AppointmentState
from caseflow.appointments.models import Appointment
from caseflow.appointments.rules import Span
from caseflow.appointments.selectors.days import midnight
from caseflow.directory.actors import Actor
from caseflow.directory.models import Room


@dataclass(frozen=True, slots=True)
class RoomDay:
    """A room, and from when to when psychologists have taken it on a day, in local time."""

    room: Room
    taken: list[Span]


def rooms_on(actor: Actor, day: date) -> list[RoomDay]:
    """The rooms of the actor's schools on that day, those that are taken first. Two queries."""
    spans: defaultdict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    there = Appointment.objects.filter(
        school__in=actor.schools(),
        room__isnull=False,
        starts_at__gte=midnight(day),
        starts_at__lt=midnight(day + timedelta(days=1)),
    ).exclude(state=AppointmentState.CALLED_OFF)
    for room, begins, ends in there.order_by("starts_at").values_list("room", "starts_at", "ends_at"):
        spans[room or 0].append((timezone.localtime(begins), timezone.localtime(ends)))
    rooms = Room.objects.filter(school__in=actor.schools()).order_by("name")
    return sorted((RoomDay(room, spans[room.pk]) for room in rooms), key=lambda each: not each.taken)
