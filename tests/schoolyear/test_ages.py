"""On the 18th birthday the guardians' rights end and the pupil's begin (rule 10)."""

from datetime import date

import pytest
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.cases.models import ChronologyEntry
from caseflow.consent.enums import Purpose
from caseflow.consent.selectors import decidable_pupils, gate_open
from caseflow.consent.services import invite_pupil, redeem
from caseflow.consent.services.lapsing import ask_anew
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership
from caseflow.directory.selectors import guardians_of
from caseflow.schoolyear.models import ComingOfAge
from caseflow.schoolyear.selectors.ages import codes_to_hand_over, newly_of_age
from caseflow.schoolyear.services import ages
from caseflow.schoolyear.tasks import sweep_school_year
from notifications.models import Alert
from tests.cases.factories import case_of, psychologist, pupil_of
from tests.consent.factories import given
from tests.directory.factories import GuardianshipFactory, MembershipFactory, actor
from tests.schoolyear.factories import DAY, school_of

pytestmark = pytest.mark.django_db


def test_the_birthday_ends_the_guardians_rights_and_the_office_hands_the_code_over() -> None:
    who = psychologist()
    today = timezone.localdate()
    pupil = pupil_of(who, birth_date=date(today.year - 18, today.month, today.day))
    younger = pupil_of(who, birth_date=date(today.year - 18, today.month, today.day) + DAY)
    case, office = case_of(who, pupil), actor(Role.SCHOOL_ADMIN, school=school_of(who))
    one, two = GuardianshipFactory.create(pupil=pupil), GuardianshipFactory.create(pupil=pupil)
    GuardianshipFactory.create(pupil=younger, guardian=two.guardian)
    rights = [
        MembershipFactory.create(user=each.guardian.user, role=Role.PARENT, guardian=each.guardian)
        for each in (one, two)
    ]
    given(pupil, one.guardian_id)
    assert list(newly_of_age()) == [pupil]

    assert sweep_school_year() == 1
    assert sweep_school_year() == 0
    one.refresh_from_db()
    assert (one.ends_on, one.ended_at) == (today - DAY, None)
    assert not guardians_of(pupil).exists()
    in_force = [Membership.objects.get(pk=right.pk).ends_on is None for right in rights]
    assert in_force == [False, True]  # the younger child is still a child
    assert not Actor(rights[0].user, rights[0]).pupils().exists()
    now = timezone.now()
    school = school_of(who)
    assert not gate_open(pupil.pk, Purpose.MOOD_ANALYSIS, frame_at=now, now=now, operator_id=school.pk)
    assert ChronologyEntry.objects.get(case=case, code="came_of_age").author is None
    assert Alert.objects.get(kind="came_of_age").recipient == office.user
    assert AuditEntry.objects.filter(action="pupil.of_age", pupil_id=pupil.pk).exists()

    assert [row.pupil for row in codes_to_hand_over(office)] == [pupil]
    assert not codes_to_hand_over(actor(Role.SCHOOL_ADMIN, school=school_of(psychologist()))).exists()
    _, code = invite_pupil(office, pupil.pk)
    user = redeem(code, username="grown", password="a long enough password", language="ru", address="::1")
    own = Actor(user, Membership.objects.get(user=user))
    assert list(decidable_pupils(own)) == [pupil]
    assert not codes_to_hand_over(office).exists()


@pytest.mark.parametrize(("today", "of_age"), [(date(2026, 2, 28), False), (date(2026, 3, 1), True)])
def test_who_was_born_on_29_february_comes_of_age_on_1_march(
    monkeypatch: pytest.MonkeyPatch, today: date, *, of_age: bool
) -> None:
    pupil = pupil_of(psychologist(), birth_date=date(2008, 2, 29))
    monkeypatch.setattr(timezone, "localdate", lambda *_: today)
    assert ages.see_to_ages() == int(of_age)
    assert list(ComingOfAge.objects.values_list("pupil", "day")) == [(pupil.pk, date(2026, 3, 1))] * of_age


def test_two_sweepers_see_to_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    pupil = pupil_of(psychologist(), birth_date=date(2000, 5, 1))
    assert ages.see_to_ages() == 1
    monkeypatch.setattr(ages, "newly_of_age", lambda: type(pupil).objects.all())
    assert ages.see_to_ages() == 0


def test_who_is_of_age_is_asked_anew_for_the_own_consent() -> None:
    who = psychologist()
    pupil = pupil_of(who, birth_date=date(2000, 5, 1))
    right = MembershipFactory.create(role=Role.PUPIL, pupil=pupil)
    consent = given(pupil, None)
    assert ask_anew([pupil.pk], school_of(who)) == 0
    assert consent.expires_at is not None
    assert ask_anew([pupil.pk], school_of(psychologist())) == 1
    assert Alert.objects.get(kind="consents_anew").membership_id == right.pk
