"""What a consent was given for ends with the school year and with the school: families are asked anew."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from caseflow.consent.enums import GIVING
from caseflow.consent.models import ConsentEvent
from caseflow.directory.enums import Role
from caseflow.directory.models import Guardianship, Membership, School
from caseflow.directory.rules import stands
from notifications.services import alert


@transaction.atomic
def ask_anew(pupil_ids: Iterable[UUID], school: School) -> int:
    """Tell those who once consented for these pupils that it holds no longer. Returns how many are told.

    Who has consented to this school for longer already is not asked.

    Nothing is given for them: the portal shows each purpose as never answered or lapsed, and none ticked.
    """
    pupils, today = list(pupil_ids), timezone.localdate()
    in_force = Q(ends_on=None) | Q(ends_on__gte=today)
    rights = Membership.objects.filter(in_force, starts_on__lte=today, user__is_active=True)
    given = ConsentEvent.objects.filter(pupil__in=pupils, kind__in=GIVING)
    same = {"pupil": OuterRef("pupil"), "purpose": OuterRef("purpose")}
    lasting = given.filter(operator=school, expires_at__gt=timezone.now(), **same)
    of_guardians = given.filter(~Exists(lasting.filter(guardian=OuterRef("guardian"))), guardian__isnull=False)
    of_pupils = given.filter(~Exists(lasting.filter(guardian=None)), guardian=None)
    its = Guardianship.objects.filter(stands(), pupil__in=pupils, guardian=OuterRef("guardian"))
    parents = rights.filter(
        Exists(its),
        Exists(of_guardians.filter(guardian=OuterRef("guardian"))),
        role=Role.PARENT,
        guardian__isnull=False,
    )
    own = rights.filter(Exists(of_pupils.filter(pupil=OuterRef("pupil"))), role=Role.PUPIL, pupil__in=pupils)
    told = [*parents.values_list("user_id", "pk"), *own.values_list("user_id", "pk")]
    return alert(recipients=told, kind="consents_anew", params={"school": school.names}, url=reverse("portal:home"))
