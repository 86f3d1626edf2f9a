"""Who has to do something after a loss, and how an alert reaches them."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from caseflow.directory.enums import Role
from caseflow.directory.models import Guardianship, Membership
from caseflow.directory.rules import is_guardian
from caseflow.directory.selectors import leads_over_school, members_of_school, recipients
from caseflow.postvention.models import LossEvent, LossStep
from caseflow.protocols.enums import Doer

Pairs = list[tuple[int, int | None]]


def doers_of(step: LossStep) -> Pairs:
    """Who has the step: everybody of its role. Once help was asked for, the leads have the psychologists' steps too."""
    event = step.event
    if step.doer == Doer.PRINCIPAL:
        return recipients(at_school(event, Role.PRINCIPAL))
    if step.doer == Doer.LEAD:
        return recipients(leads(event))
    own = recipients(at_school(event, Role.PSYCHOLOGIST))
    return own + recipients(leads(event)) if event.help_asked_at or not own else own


def at_school(event: LossEvent, *roles: Role) -> QuerySet[Membership]:
    """The people of the school in these roles who may know of the event."""
    return members_of_school(event.school, roles).exclude(_parents(event))


def leads(event: LossEvent) -> QuerySet[Membership]:
    """The lead psychologists of the school's district, or of the region where the district has none."""
    over = leads_over_school(event.school).exclude(_parents(event))
    near = over.filter(district=event.school.district_id)
    return near if near.exists() else over


def leads_of_region(event: LossEvent) -> QuerySet[Membership]:
    """The lead psychologists of the region."""
    return leads_over_school(event.school).filter(region=event.school.district.region_id).exclude(_parents(event))


def _parents(event: LossEvent) -> Q:
    own = Guardianship.objects.filter(is_guardian(OuterRef("user"), "guardian__"), pupil=event.pupil_id)
    return Q(Exists(own))
