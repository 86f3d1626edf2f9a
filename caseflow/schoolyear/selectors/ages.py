"""Pupils who are 18."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from caseflow.consent.rules import latest_adult_birth
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership, Pupil
from caseflow.directory.rules import still_here
from caseflow.schoolyear.models import ComingOfAge

LISTED = 200


def newly_of_age() -> QuerySet[Pupil]:
    """The pupils on a roll whose 18th birthday has come and has not been seen to."""
    born = latest_adult_birth(timezone.localdate())
    return Pupil.objects.filter(still_here(), birth_date__lte=born, coming_of_age=None)


def codes_to_hand_over(actor: Actor) -> QuerySet[ComingOfAge]:
    """The pupils of the actor's school who are of age and have no account yet: the code is theirs in person."""
    account = Membership.objects.filter(pupil=OuterRef("pupil"), role=Role.PUPIL)
    waiting = ComingOfAge.objects.filter(~Exists(account), pupil__in=actor.pupils())
    return waiting.select_related("pupil__school_class")
