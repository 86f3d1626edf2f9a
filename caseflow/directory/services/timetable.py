"""The weekly timetable, rooms and cameras."""

from django.db import transaction

from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.directory.models import Camera, LessonSlot, Room


@transaction.atomic
def add_slot(actor: Actor, slot: LessonSlot) -> LessonSlot:
    """Enter a weekly lesson that passed its form's checks."""
    slot.save()
    record(action="add_lesson", actor_id=actor.user.pk, role=actor.role, obj=f"slot {slot.pk}")
    return slot


@transaction.atomic
def remove_slot(actor: Actor, slot: LessonSlot) -> None:
    """Take a weekly lesson out of the timetable. Raises ProtectedError when analysed lessons refer to it."""
    pk = slot.pk
    slot.delete()
    record(action="remove_lesson", actor_id=actor.user.pk, role=actor.role, obj=f"slot {pk}")


@transaction.atomic
def add_place(actor: Actor, place: Room | Camera) -> Room | Camera:
    """Enter a room or a camera that passed its form's checks."""
    place.save()
    obj = f"{place._meta.model_name} {place.pk}"
    record(action="add_place", actor_id=actor.user.pk, role=actor.role, obj=obj)
    return place
