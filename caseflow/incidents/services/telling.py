from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from caseflow.directory.enums import AgencyKind, Role
from caseflow.directory.models import Membership
from caseflow.directory.selectors import recipients
from caseflow.incidents.models import Incident
from caseflow.incidents.services.checking import users_concerned
from notifications.enums import AlertKind
from notifications.services import alert

if TYPE_CHECKING:
    from notifications.texts import Params


def tell_police(incident: Incident) -> int:
    """Alert the officers of the police of the school's territory that a legal assessment is asked; returns how many."""
    params: Params = {"category": incident.category, "school": incident.school.names}
    return alert(
        recipients=recipients(police_officers(incident)),
        kind=AlertKind.INCIDENT_NEW,
        params=params,
        url=reverse("incidents:legal"),
    )


def police_officers(incident: Incident, role: Role = Role.AGENCY_OFFICER) -> QuerySet[Membership]:
    """The officers of the police of the school's district and region, or their heads, without whose own affair it is
    (rule 10b)."""
    district, today = incident.school.district, timezone.localdate()
    territory = Q(agency__district=district) | Q(agency__district=None, agency__region=district.region_id)
    in_force = Q(ends_on=None) | Q(ends_on__gte=today)
    officers = Membership.objects.filter(
        territory, in_force, role=role, agency__kind=AgencyKind.POLICE, starts_on__lte=today
    )
    return (
        officers.select_related("agency")
        .filter(user__is_active=True)
        .exclude(user__in=users_concerned(incident.parties.all()))
    )
