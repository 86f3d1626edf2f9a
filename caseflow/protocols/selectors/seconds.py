"""Who can be the second person of a flow (fact 4)."""

from django.db.models import Case as When
from django.db.models import IntegerField, QuerySet, Value
from django.db.models import When as Then

from caseflow.cases.keeping import without_kept
from caseflow.cases.models import Case
from caseflow.cases.rules import CASE_ROLES
from caseflow.cases.selectors.people import members_around
from caseflow.clocks.selectors.absences import is_away
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership


def possible_seconds(case: Case) -> QuerySet[Membership]:
    """Those who may know of the case but do not lead it: the school's other psychologists, the leads above.

    A colleague at the school comes before the lead of the district, and that one before the lead of the region. Nobody
    is among them from whom the case is kept (rule 10b).
    """
    nearness = When(
        Then(role=Role.PSYCHOLOGIST, then=Value(0)),
        Then(district__isnull=False, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    near = members_around(case).filter(role__in=CASE_ROLES).exclude(user=case.owner_id)
    open_to = [member.pk for member in near if may_know(case, member)]
    return near.filter(pk__in=open_to).order_by(nearness, "user__last_name", "user__first_name", "pk")


def nearest_second(case: Case, besides: int | None) -> Membership | None:
    """Who is named when a flow begins: the nearest of them who is here today, not `besides`, who began it."""
    near = possible_seconds(case).exclude(user=besides) if besides else possible_seconds(case)
    return near.exclude(is_away()).first() or near.first()


def is_kept_from_school(case: Case) -> bool:
    """Whether there is a psychologist at the school from whom the case is kept: a report about staff (rule 10b)."""
    at_school = members_around(case).filter(role=Role.PSYCHOLOGIST)
    return any(not may_know(case, member) for member in at_school)


def may_know(case: Case, member: Membership) -> bool:
    """False where the case is kept from this person (rule 10b)."""
    return without_kept(Actor(member.user, member), Case.objects.filter(pk=case.pk)).exists()
