"""A parent on the staff with a second account: the office says so, and staff access to the own child ends (10b)."""

import pytest
from django.http import Http404
from django.urls import reverse

from caseflow.audit.models import AuditEntry
from caseflow.cases.selectors import scoped_cases
from caseflow.cases.selectors.people import members_around
from caseflow.consent.services import name_staff_account
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Guardian, Pupil
from caseflow.directory.selectors import accounts_of_parents
from caseflow.triage.enums import Audience
from caseflow.triage.selectors import scoped_items
from tests.cases.factories import case_of
from tests.directory.factories import (
    GuardianFactory,
    GuardianshipFactory,
    PupilFactory,
    SchoolFactory,
    UserFactory,
    actor,
    parent_of,
    signed_in,
)
from tests.triage.factories import item_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def pupil() -> Pupil:
    return PupilFactory.create()


@pytest.fixture
def admin(pupil: Pupil) -> Actor:
    return actor(Role.SCHOOL_ADMIN, school=pupil.school)


@pytest.fixture
def psychologist(pupil: Pupil) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=pupil.school)


@pytest.fixture
def mother(pupil: Pupil) -> Actor:
    """The second account of the psychologist, made with the code for the own child."""
    return parent_of(pupil)


def guardian_of(mother: Actor) -> Guardian:
    assert mother.membership.guardian is not None
    return mother.membership.guardian


def test_two_accounts_of_one_person_are_one_person_for_the_own_child(
    pupil: Pupil, admin: Actor, psychologist: Actor, mother: Actor
) -> None:
    case = case_of(psychologist, pupil)
    item = item_at(pupil.school, pupil)
    assert psychologist.pupils().filter(pk=pupil.pk).exists()
    assert scoped_items(psychologist).filter(pk=item.pk).exists()

    name_staff_account(admin, guardian_of(mother).pk, psychologist.user.pk)

    assert not psychologist.pupils().filter(pk=pupil.pk).exists()
    assert not scoped_cases(psychologist).filter(pk=case.pk).exists()
    assert not scoped_items(psychologist).filter(pk=item.pk).exists()
    assert not members_around(case).filter(user=psychologist.user).exists()
    assert accounts_of_parents([pupil.pk]) == {psychologist.user.pk, mother.user.pk}
    assert item_at(pupil.school, pupil).audience == Audience.LEAD  # nobody else at the school decides
    assert signed_in(psychologist).get(reverse("directory:pupil", args=[pupil.pk])).status_code == 404
    assert list(mother.pupils()) == [pupil]


def test_who_said_so_stands_in_the_log_and_it_can_be_taken_back(
    pupil: Pupil, admin: Actor, psychologist: Actor, mother: Actor
) -> None:
    guardian, user = guardian_of(mother), psychologist.user
    name_staff_account(admin, guardian.pk, user.pk)
    name_staff_account(admin, guardian.pk, None)

    assert psychologist.pupils().filter(pk=pupil.pk).exists()
    entries = AuditEntry.objects.filter(action="guardian.staff_account", actor=admin.user).order_by("pk")
    assert [entry.detail for entry in entries] == [
        {"before": None, "now": user.pk},
        {"before": user.pk, "now": None},
    ]


def test_only_a_guardian_of_the_school_and_somebody_around_it_can_be_named(
    pupil: Pupil, admin: Actor, psychologist: Actor, mother: Actor
) -> None:
    elsewhere = actor(Role.SCHOOL_ADMIN, school=SchoolFactory.create())
    lead = actor(Role.LEAD_PSYCHOLOGIST, district=pupil.school.district)
    with pytest.raises(Http404):
        name_staff_account(elsewhere, guardian_of(mother).pk, elsewhere.user.pk)
    with pytest.raises(Http404):
        name_staff_account(admin, guardian_of(mother).pk, UserFactory.create().pk)

    name_staff_account(admin, guardian_of(mother).pk, lead.user.pk)

    assert not lead.pupils().filter(pk=pupil.pk).exists()


def test_the_roll_asks_about_a_namesake_on_the_staff_until_it_is_answered(
    pupil: Pupil, admin: Actor, psychologist: Actor
) -> None:
    guardian = GuardianFactory.create(
        user=None, last_name=psychologist.user.last_name, first_name=psychologist.user.first_name
    )
    GuardianshipFactory.create(pupil=pupil, guardian=guardian)
    client, roll = signed_in(admin), reverse("consent:roll", args=[pupil.school_class_id])
    page, hint = reverse("consent:staff-account", args=[guardian.pk]), "somebody on the staff has this name"
    assert hint in client.get(roll).content.decode()
    assert psychologist.user.short_name in client.get(page).content.decode()

    assert client.post(page, {"account": UserFactory.create().pk}).status_code == 422
    assert client.post(page, {"account": psychologist.user.pk}).status_code == 302

    shown = client.get(roll).content.decode()
    assert hint not in shown
    assert f"works here as {psychologist.user.short_name}" in shown
    assert client.post(page, {"account": ""}).status_code == 302
    guardian.refresh_from_db()
    assert guardian.staff_account is None


def test_a_guardian_who_joined_the_own_account_is_no_namesake(pupil: Pupil, admin: Actor, psychologist: Actor) -> None:
    user = psychologist.user
    guardian = GuardianFactory.create(user=user, last_name=user.last_name, first_name=user.first_name)
    GuardianshipFactory.create(pupil=pupil, guardian=guardian)

    page = signed_in(admin).get(reverse("consent:roll", args=[pupil.school_class_id])).content.decode()

    assert "somebody on the staff has this name" not in page
