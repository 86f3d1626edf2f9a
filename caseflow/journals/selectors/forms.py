"""Which form of a journal holds where and when."""

from datetime import date

from django.db.models import F, Q, QuerySet

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.journals.enums import Journal
from caseflow.journals.models import FormVersion


def form_on(journal: Journal, region_id: int, day: date) -> FormVersion:
    """The form in force on a day: the region's own before the shipped one. Raises FormVersion.DoesNotExist."""
    held = FormVersion.objects.filter(Q(region=region_id) | Q(region=None), journal=journal, effective_from__lte=day)
    found: FormVersion | None = held.order_by(F("region").asc(nulls_last=True), "-effective_from").first()
    if found is None:
        raise FormVersion.DoesNotExist(journal)
    return found


def visible_forms(actor: Actor) -> QuerySet[FormVersion]:
    """The shipped forms and those of the actor's region, by journal, the newest first."""
    regions = actor.schools().order_by().values("district__region")
    seen = FormVersion.objects.filter(Q(region=None) | Q(region__in=regions))
    return seen.select_related("region", "made_by").order_by(
        "journal", F("region").asc(nulls_last=True), "-effective_from"
    )


def may_edit_forms(actor: Actor) -> bool:
    """The lead psychologist of a region answers for its forms, as for the table of deadlines."""
    return actor.role == Role.LEAD_PSYCHOLOGIST and actor.membership.region_id is not None
