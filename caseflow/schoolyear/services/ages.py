"""On the 18th birthday the guardians' rights end and the pupil's own begin (rule 10)."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from caseflow.audit.services import record
from caseflow.cases.services.handing import note_in_open_cases
from caseflow.consent.rules import adult_on
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil
from caseflow.directory.selectors import members_of_school, recipients
from caseflow.directory.services.guardianships import end_portal
from caseflow.schoolyear.models import ComingOfAge
from caseflow.schoolyear.selectors.ages import newly_of_age
from notifications.services import alert

DAY = timedelta(days=1)


def see_to_ages() -> int:
    """See to every pupil who has come of age, each in a transaction of its own. Returns how many."""
    return sum(_see_to(pupil) for pupil in newly_of_age().select_related("school"))


def _see_to(pupil: Pupil) -> bool:
    """The guardianships end with the day before, and with the last child the parent's role; consents of guardians
    count no more from that midnight on by the gate itself. The office hands the pupil a code, in person."""
    day = adult_on(pupil.birth_date)
    try:
        with transaction.atomic():
            row = ComingOfAge.objects.create(pupil=pupil, day=day, seen_to_at=timezone.now())
            lasting = pupil.guardianships.filter(Q(ends_on=None) | Q(ends_on__gte=day))
            guardians = [each.guardian for each in lasting.select_related("guardian")]
            lasting.filter(ended_at=None).update(ends_on=day - DAY)
            for guardian in guardians:
                end_portal(None, guardian)
            note_in_open_cases(pupil.pk, "came_of_age")
            record(action="pupil.of_age", actor_id=None, role="", obj=f"pupil {pupil.pk}", pupil_id=pupil.pk)
            alert(
                recipients=recipients(members_of_school(pupil.school, (Role.SCHOOL_ADMIN,))),
                kind="came_of_age",
                params={"school": pupil.school.names},
                url=reverse("schoolyear:ages"),
            )
    except IntegrityError:  # two sweepers at once
        return False
    return bool(row.pk)
