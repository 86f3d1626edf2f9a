from django.db.models import Q, QuerySet
from django.utils import timezone

from caseflow.alarms.models import Centre
from caseflow.alarms.rules import ladder
from caseflow.directory.enums import AgencyKind, Role
from caseflow.directory.models import Membership, School


def rungs_of(school: School) -> list[Centre]:
    """The centres an alarm of the school calls, in order; empty where no police agency answers alarms (1 query)."""
    region = school.district.region_id
    known = Centre.objects.filter(agency__region=region, agency__kind=AgencyKind.POLICE).select_related("agency")
    centres = {centre.pk: centre for centre in known}
    own = (pk for pk, centre in centres.items() if centre.agency.district_id == school.district_id)
    over = (pk for pk, centre in centres.items() if centre.agency.district_id is None)
    following = {pk: centre.follows_id for pk, centre in centres.items()}
    return [centres[pk] for pk in ladder(next(own, None), following, next(over, None)) if pk in centres]


def operators_of(centre: Centre) -> QuerySet[Membership]:
    """The memberships in force of the centre's operators."""
    today = timezone.localdate()
    in_force = Q(ends_on=None) | Q(ends_on__gte=today)
    operators = Membership.objects.filter(in_force, agency=centre.agency_id, role=Role.POLICE_OPERATOR)
    return operators.filter(starts_on__lte=today, user__is_active=True)
