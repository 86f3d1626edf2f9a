"""The teacher of a lesson says who sat where; what nobody said stays masked (rule 1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from analytics.enums import Presence
from analytics.models import SeatConfirmation, SeatState
from analytics.selectors.confirming import TaughtLesson, confirmable_seats, taught_lesson
from analytics.services.correcting import take_out_contradicted
from caseflow.audit.services import record
from caseflow.directory.actors import Actor


class NotTaughtError(Exception):
    """A substitute has to say that they taught the lesson."""


class RedrawnError(Exception):
    """The seats were drawn anew since the map was shown: the answer was about another map."""


class NotOnThisMapError(Exception):
    """Something was said of a seat that is not on the map."""


@dataclass(frozen=True, slots=True)
class SeatsSaid:
    """Who sat otherwise than drawn, by seat; everybody else on the map of `plan` sat as drawn."""

    plan: UUID
    different: Mapping[int, Presence]
    taught: bool = False


def confirm_seats(actor: Actor, slot_id: int, day: date, camera_id: int, said: SeatsSaid) -> SeatConfirmation:
    """Write what the teacher said; the latest confirmation of a lesson counts, also for what was analysed already.

    Raises LessonSlot.DoesNotExist outside of the actor's scope and of the last seven days, RedrawnError,
    NotTaughtError, NotOnThisMapError.
    """
    with transaction.atomic():
        lesson = taught_lesson(actor, slot_id, day, camera_id)
        if lesson.plan.pk != said.plan:
            raise RedrawnError
        if not (lesson.own or said.taught):
            raise NotTaughtError
        _require_known(lesson, said)
        return _write(actor, lesson, said)


def _require_known(lesson: TaughtLesson, said: SeatsSaid) -> None:
    known = set(confirmable_seats(lesson.plan).values_list("pk", flat=True))
    if not known >= said.different.keys():
        raise NotOnThisMapError


def _write(actor: Actor, lesson: TaughtLesson, said: SeatsSaid) -> SeatConfirmation:
    confirmation = SeatConfirmation.objects.create(
        slot=lesson.slot, date=lesson.day, plan=lesson.plan, confirmed_by=actor.user
    )
    states = [
        SeatState(confirmation=confirmation, seat=seat, state=said.different.get(seat.pk, Presence.PRESENT))
        for seat in confirmable_seats(lesson.plan)
    ]
    SeatState.objects.bulk_create(states)
    taken_out = take_out_contradicted(confirmation)
    record(
        action="seats.confirmed",
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"confirmation:{confirmation.pk}",
        detail={
            "slot": lesson.slot.pk,
            "date": lesson.day.isoformat(),
            "version": lesson.plan.version,
            "present": sum(state.state == Presence.PRESENT for state in states),
            "substitute": not lesson.own,
            "taken_out": taken_out,
        },
    )
    return confirmation
