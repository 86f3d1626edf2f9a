"""Who does a step in a role."""

from django.db.models import QuerySet

from caseflow.cases.models import Case
from caseflow.cases.selectors.people import members_around
from caseflow.clocks.selectors.absences import is_away
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership
from caseflow.protocols.enums import IN_A_ROLE, Doer
from caseflow.protocols.selectors.seconds import may_know


def nearest_doer(case: Case, doer: Doer) -> Membership | None:
    """Who is given a step of this doer: somebody of the role who is here today, else anybody of it.

    None where whoever leads the case does it: no role is asked for, they have it themselves, or nobody else has it from
    whom the case is not kept (rule 10b).
    """
    role = IN_A_ROLE.get(doer)
    if role is None:
        return None
    here = _in_role(case, role)
    if role in (Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST) and here.filter(user=case.owner_id).exists():
        return None
    open_to = here.filter(pk__in=[member.pk for member in here if may_know(case, member)])
    return open_to.exclude(is_away()).first() or open_to.first()


def _in_role(case: Case, role: Role) -> QuerySet[Membership]:
    """By nearness: the class teacher before who substitutes, the leads of the district before those of the region."""
    here = members_around(case).filter(role=role)
    if role == Role.LEAD_PSYCHOLOGIST:
        near = here.filter(district__isnull=False)
        return near if near.exists() else here
    return here.order_by("substitute", "user__last_name", "user__first_name", "pk")
