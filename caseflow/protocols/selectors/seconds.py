"""Who can be the second person of a flow (fact 4)."""

from django.db.models import Case as When
from django.db.models import IntegerField, QuerySet, Value
from django.db.models import When as Then

from caseflow.cases.models import Case
from caseflow.cases.selectors.people import members_around
from caseflow.clocks.selectors.absences import is_away
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership


def possible_seconds(case: Case) -> QuerySet[Membership]:
    """Those who may know of the case but do not lead it: the school's other psychologists, the leads above.

    A colleague at the school comes before the lead of the district, and that one before the lead of the region.
    """
    nearness = When(
        Then(role=Role.PSYCHOLOGIST, then=Value(0)),
        Then(district__isnull=False, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    members = members_around(case).filter(role__in=(Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST))
    return members.exclude(user=case.owner_id).order_by(nearness, "user__last_name", "user__first_name", "pk")


def nearest_second(case: Case, besides: int | None) -> Membership | None:
    """Who is named when a flow begins: the nearest of them who is here today, not `besides`, who began it."""
    near = possible_seconds(case).exclude(user=besides) if besides else possible_seconds(case)
    return near.exclude(is_away()).first() or near.first()
