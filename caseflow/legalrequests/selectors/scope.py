"""Which legal requests somebody sees. Everything that reads or changes one starts here."""

from django.db.models import QuerySet

from caseflow.directory.actors import Actor
from caseflow.legalrequests.enums import State
from caseflow.legalrequests.models import LegalRequest
from caseflow.legalrequests.rules import APPROVERS, ASKERS, PREPARERS

AROUND = ("region", "clock__region", "case__school", "made_by", "prepared_by", "approved_by", "ended_by")


def requests_of(actor: Actor) -> QuerySet[LegalRequest]:
    """A prosecutor's own ones, a lead's those of the region, the protection officer's those that a lead has prepared.

    None about the own child (rule 10b).
    """
    found = LegalRequest.objects.select_related(*AROUND, "data_key", "case__pupil")
    own = LegalRequest.objects.filter(case__pupil__in=actor.children())
    found = found.exclude(pk__in=own.values("pk"))
    if actor.role in ASKERS:
        return found.filter(made_by=actor.user, region=actor.membership.region_id)
    if actor.role in PREPARERS and actor.membership.region_id:
        return found.filter(region=actor.membership.region_id)
    if actor.role in APPROVERS:
        return found.filter(prepared_at__isnull=False)
    return found.none()


def knows_what_is_given(actor: Actor, request: LegalRequest) -> bool:
    """Whether the actor knows which fields were chosen, and their digest: whoever asked once two people gave them."""
    return actor.role not in ASKERS or request.approved_at is not None


def readable_copy(actor: Actor, request: LegalRequest) -> bool:
    """Whether the actor may read what was given: whoever asked, until the term is over."""
    return actor.role in ASKERS and request.state == State.RELEASED and request.made_by_id == actor.user.pk
