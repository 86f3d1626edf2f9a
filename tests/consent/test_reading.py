"""Who looks at what is for psychologists alone is in the log (rule 24), and in no guardian's (rule 10a)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.consent.services import exclude_guardian
from caseflow.directory.enums import Role
from caseflow.portal.selectors import access_log
from caseflow.portal.services import ask
from tests.directory.factories import PupilFactory, actor, parent_of, signed_in

pytestmark = pytest.mark.django_db


def test_each_page_for_psychologists_leaves_an_entry_that_no_guardian_sees() -> None:
    pupil = PupilFactory.create()
    father, mother = parent_of(pupil), parent_of(pupil)
    guardianship = pupil.guardianships.get(guardian__user=father.user)
    psychologist = actor(Role.PSYCHOLOGIST, school=pupil.school)
    lead = actor(Role.LEAD_PSYCHOLOGIST, district=pupil.school.district)
    exclude_guardian(
        psychologist, pupil_id=pupil.pk, guardian_id=guardianship.guardian_id, reason="The pupil told of blows"
    )
    ask(mother, pupil_id=pupil.pk, kind="human_review", words="Please look again")
    AuditEntry.objects.all().delete()

    assert "The pupil told of blows" in signed_in(lead).get(reverse("consent:exclusions")).content.decode()
    assert "Please look again" in signed_in(lead).get(reverse("portal:requests")).content.decode()
    assert signed_in(psychologist).get(reverse("consent:protection", args=[pupil.pk])).status_code == 200

    read = AuditEntry.objects.filter(action="read")
    assert set(read.values_list("actor", "obj")) == {
        (lead.user.pk, "consent.Exclusions"),
        (lead.user.pk, "portal.PortalRequest"),
        (psychologist.user.pk, "consent.Protection"),
    }
    read.update(at=timezone.now() - timedelta(days=30))
    assert access_log(mother, pupil) == []
