"""Pupils who leave and pupils who are taken in, as the office of a school sees them."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from caseflow.directory.actors import Actor
from caseflow.directory.models import School, SchoolClass
from caseflow.directory.rules import is_guardian
from caseflow.directory.selectors import classes_ahead
from caseflow.schoolyear.models import SchoolMove

LISTED = 200


@dataclass(frozen=True, slots=True)
class Moves:
    """Who leaves and is not taken in yet, and what was done last."""

    leaving: list[SchoolMove]
    taken: list[SchoolMove]


def moves_from(actor: Actor) -> QuerySet[SchoolMove]:
    """Who left or leaves the actor's school; never the own child."""
    own = is_guardian(actor.user, "pupil__guardianships__guardian__")
    moves = SchoolMove.objects.filter(from_school__in=actor.schools()).exclude(own)
    return moves.select_related("pupil", "from_school", "to_school")


def moves_to(actor: Actor) -> QuerySet[SchoolMove]:
    """Who was taken in at the actor's school. Whoever waits to be is found by code or number alone, never listed."""
    own = is_guardian(actor.user, "pupil__guardianships__guardian__")
    taken = SchoolMove.objects.filter(to_school__in=actor.schools(), taken_at__isnull=False).exclude(own)
    return taken.select_related("pupil", "from_school", "to_school")


def waiting_moves(actor: Actor) -> QuerySet[SchoolMove]:
    """Who was said to come to the actor's school and is not taken in yet: to be matched, never shown."""
    own = is_guardian(actor.user, "pupil__guardianships__guardian__")
    waiting = SchoolMove.objects.filter(to_school__in=actor.schools(), taken_at=None).exclude(own)
    return waiting.select_related("pupil__data_key")


def moves_of(actor: Actor) -> Moves:
    """The office's page (2 queries)."""
    leaving = moves_from(actor).filter(taken_at=None, pupil__left_on__isnull=False)[:LISTED]
    return Moves(list(leaving), list(moves_to(actor)[:LISTED]))


def leaving_of(actor: Actor, pupil_id: UUID) -> SchoolMove | None:
    """That the pupil leaves the actor's school, if this is recorded and they are not taken in elsewhere yet."""
    return moves_from(actor).filter(pupil=pupil_id, taken_at=None, pupil__left_on__isnull=False).first()


def other_schools(actor: Actor) -> QuerySet[School]:
    """The schools of the installation to which a pupil can move."""
    return School.objects.exclude(pk__in=actor.schools()).order_by("name_ru", "pk")


def open_classes(actor: Actor) -> QuerySet[SchoolClass]:
    """The classes into which a pupil can be taken today: of the running year."""
    return classes_ahead(actor).filter(year__starts_on__lte=timezone.localdate())
