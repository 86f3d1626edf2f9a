"""Who receives a referral, who may be asked, and who hears what became of it."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from caseflow.cases.models import Case
from caseflow.cases.selectors.people import recipients_leading
from caseflow.directory.enums import Role
from caseflow.directory.models import Agency, Guardianship, Membership, School
from caseflow.directory.rules import is_guardian
from caseflow.referrals.models import Referral
from caseflow.referrals.rules.fields import RECEIVERS

Pairs = list[tuple[int, int | None]]


def possible_agencies(case: Case) -> QuerySet[Agency]:
    """The agencies of the school's territory to which one refers, by name."""
    district = case.school.district
    here = Q(district=district.pk) | Q(district=None, region=district.region_id)
    return Agency.objects.filter(here, kind__in=RECEIVERS).order_by("kind", "name_ru")


def possible_schools(case: Case) -> QuerySet[School]:
    """The other schools at which a psychologist can receive it, by district and name."""
    there = _in_force().filter(role=Role.PSYCHOLOGIST, school=OuterRef("pk"))
    others = School.objects.filter(Exists(there)).exclude(pk=case.school_id)
    return others.select_related("district").order_by("district__name_ru", "name_ru")


def receivers_of(referral: Referral) -> QuerySet[Membership]:
    """The officers of the agency, or the psychologists of the school; never one of the pupil's parents (rule 10b)."""
    if referral.agency_id:
        unit = Q(agency=referral.agency_id, role=Role.AGENCY_OFFICER)
    else:
        unit = Q(school=referral.to_school_id, school__isnull=False, role=Role.PSYCHOLOGIST)
    parents = Guardianship.objects.filter(is_guardian(OuterRef("user"), "guardian__"), pupil=referral.case.pupil_id)
    return _in_force().filter(unit, ~Exists(parents)).order_by("pk")


def senders_of(referral: Referral) -> Pairs:
    """How an alert reaches whoever leads the case; of a transferred case whoever sent it, at the school it left."""
    if referral.case.school_id == referral.from_school_id:
        return recipients_leading(referral.case)
    former = _in_force().filter(user=referral.sent_by_id, school=referral.from_school_id, role=Role.PSYCHOLOGIST)
    return list(former.values_list("user_id", "pk")[:1])


def _in_force() -> QuerySet[Membership]:
    today = timezone.localdate()
    return Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today, user__is_active=True
    )
