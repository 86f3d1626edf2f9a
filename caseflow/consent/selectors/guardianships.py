"""Guardianships as the office ends them and takes them up again."""

from django.db.models import Q, QuerySet

from caseflow.consent.enums import EventKind
from caseflow.consent.models import ConsentEvent
from caseflow.directory.actors import Actor
from caseflow.directory.models import Guardianship
from caseflow.directory.rules import stands


def office_guardianships(actor: Actor) -> QuerySet[Guardianship]:
    """Those of the actor's pupils that are in force, or that the office has ended."""
    known = Guardianship.objects.filter(stands() | Q(ended_at__isnull=False), pupil__in=actor.pupils())
    return known.select_related("pupil__school_class", "guardian__user")


def ending_of(guardianship: Guardianship) -> ConsentEvent | None:
    """The line by which the office ended it last, if it is ended now."""
    if guardianship.ended_at is None:
        return None
    lines = ConsentEvent.objects.filter(
        pupil=guardianship.pupil_id, guardian=guardianship.guardian_id, kind=EventKind.GUARDIANSHIP_ENDED
    )
    return lines.select_related("pupil__data_key", "by").order_by("-at").first()
