"""The family is told that there is something of the shared plan to read; what it is, the page alone says."""

from django.db.models import Q
from django.urls import NoReverseMatch, reverse

from caseflow.cases.models import Case
from caseflow.consent.selectors import excluded_guardians
from caseflow.consent.selectors.deciders import guardians_in_force
from caseflow.directory.models import Membership
from caseflow.directory.selectors import recipients
from notifications.enums import AlertKind
from notifications.services import alert

PORTAL_HOME = "portal:home"  # of a higher room; where that is not installed nobody is told


def tell_family(case: Case) -> None:
    """Tell the guardians who stand for the pupil, but an excluded one (rule 10), and the pupil who is of age."""
    try:
        url = f"{reverse(PORTAL_HOME)}?child={case.pupil_id}"
    except NoReverseMatch:
        return
    excluded = [pk for pk in excluded_guardians(case.pupil_id) if pk]
    standing = guardians_in_force(case.pupil).exclude(pk__in=excluded)
    readers = Membership.objects.filter(Q(guardian__in=standing) | Q(pupil=case.pupil_id))
    alert(recipients=recipients(readers), kind=AlertKind.PLAN_SHARED, params={}, url=url)
