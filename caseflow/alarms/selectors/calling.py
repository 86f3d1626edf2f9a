from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Q, QuerySet
from django.utils import timezone

from caseflow.alarms.models import Centre
from caseflow.alarms.rules import ladder
from caseflow.directory.enums import AgencyKind, Role
from caseflow.directory.models import Membership, School


def rungs_of(school: School) -> list[Centre]:
    """The centres an alarm of the school calls, in order; empty where no police agency answers alarms (1 query)."""
    return rungs_of_each([school])[school.pk]


def rungs_of_each(schools: Iterable[School]) -> dict[int, list[Centre]]:
    """`rungs_of` each of the schools, by its id; 1 query for any number."""
    asked = {school.pk: school for school in schools}
    regions = {school.district.region_id for school in asked.values()}
    centres = by_region(answering().filter(agency__region__in=regions))
    return {pk: rungs_from(school.district_id, centres[school.district.region_id]) for pk, school in asked.items()}


def answering() -> QuerySet[Centre]:
    """The centres that alarms call. Of two in a district, or of two over a region, the first in this order answers."""
    centres = Centre.objects.filter(ended_at=None, agency__kind=AgencyKind.POLICE)
    return centres.select_related("agency").order_by("agency__name_ru", "pk")


def by_region(centres: Iterable[Centre]) -> Mapping[int, dict[int, Centre]]:
    """Region id → centre id → centre, in the same order; nothing for any other region."""
    found: defaultdict[int, dict[int, Centre]] = defaultdict(dict)
    for centre in centres:
        found[centre.agency.region_id][centre.pk] = centre
    return found


def rungs_from(district_id: int, centres: Mapping[int, Centre]) -> list[Centre]:
    """The centres an alarm of the district calls, in order, where these are its region's."""
    own = (pk for pk, centre in centres.items() if centre.agency.district_id == district_id)
    over = (pk for pk, centre in centres.items() if centre.agency.district_id is None)
    following = {pk: centre.follows_id for pk, centre in centres.items()}
    return [centres[pk] for pk in ladder(next(own, None), following, next(over, None)) if pk in centres]


def operators_of(*centres: Centre) -> QuerySet[Membership]:
    """The memberships in force of the operators of these centres."""
    today = timezone.localdate()
    in_force = Q(ends_on=None) | Q(ends_on__gte=today)
    agencies = {centre.agency_id for centre in centres}
    operators = Membership.objects.filter(in_force, agency__in=agencies, role=Role.POLICE_OPERATOR)
    return operators.filter(starts_on__lte=today, user__is_active=True)
