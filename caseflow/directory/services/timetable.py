"""The weekly timetable, rooms and cameras."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.directory.models import Camera, LessonSlot, Room
from caseflow.directory.rules import has_begun, last_day
from caseflow.directory.selectors import free_from, timetable_of


@transaction.atomic
def add_slot(actor: Actor, slot: LessonSlot) -> LessonSlot:
    """Enter a weekly lesson that passed its form's checks; where another was taken out for it, from the day after."""
    slot.starts_on = free_from(slot)
    slot.save()
    record(action="add_lesson", actor_id=actor.user.pk, role=actor.role, obj=f"slot {slot.pk}")
    return slot


@transaction.atomic
def remove_slot(actor: Actor, slot_id: int, now: datetime | None = None) -> date | None:
    """Take a weekly lesson out of the timetable. Returns its last day, or None where nothing is left of it.

    A lesson that was held stays for its past days: its teacher may confirm them yet, and the lesson that takes its
    place must not be taken for it. Raises LessonSlot.DoesNotExist (not in the actor's timetable, or out of it already).
    """
    slot, now = timetable_of(actor).get(pk=slot_id), now or timezone.now()
    ends_on = None
    if has_begun(slot, timezone.localdate(now)):
        ends_on = _end(slot, now)
    else:
        slot.delete()
    detail = {"ends_on": ends_on.isoformat()} if ends_on else {}
    record(action="remove_lesson", actor_id=actor.user.pk, role=actor.role, obj=f"slot {slot_id}", detail=detail)
    return ends_on


def _end(slot: LessonSlot, now: datetime) -> date:
    slot.ends_on = last_day(slot, now)
    slot.save(update_fields=["ends_on"])
    return slot.ends_on


@transaction.atomic
def add_place(actor: Actor, place: Room | Camera) -> Room | Camera:
    """Enter a room or a camera that passed its form's checks."""
    place.save()
    obj = f"{place._meta.model_name} {place.pk}"
    record(action="add_place", actor_id=actor.user.pk, role=actor.role, obj=obj)
    return place
