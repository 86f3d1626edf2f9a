"""What a list says of guardians who are known: another relation, a corrected name, one who is back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Relation, Role
from caseflow.directory.models import Guardian, Guardianship, ImportDraft, Membership, School
from caseflow.directory.services.imports import apply_import, preview
from tests.directory.factories import GuardianFactory, SchoolFactory, SchoolYearFactory, UserFactory, actor, signed_in
from tests.directory.test_roll_import import ALIKHAN, MADINA, upload

pytestmark = pytest.mark.django_db
AS_GUARDIAN = MADINA.replace("мать", "опекун")


@pytest.fixture
def school() -> School:
    school = SchoolFactory.create()
    SchoolYearFactory.create(region=school.district.region)
    return school


@pytest.fixture
def admin(school: School) -> Actor:
    admin = actor(Role.SCHOOL_ADMIN, school=school)
    apply_import(admin, upload(admin, school, MADINA).pk)
    return admin


def told(draft: ImportDraft) -> list[str]:
    """What the preview says of the one row."""
    (row,) = preview(draft).rows
    return [row.change, *(str(each) for each in row.changed)]


def test_a_corrected_relation_is_shown_and_written(admin: Actor, school: School) -> None:
    draft = upload(admin, school, AS_GUARDIAN)
    assert told(draft) == ["changed", "guardian's relation"]

    apply_import(admin, draft.pk)
    assert Guardianship.objects.get().relation == Relation.GUARDIAN
    assert told(upload(admin, school, AS_GUARDIAN)) == ["same"]


def test_a_corrected_spelling_is_another_person_and_the_preview_says_both(admin: Actor, school: School) -> None:
    draft = upload(admin, school, MADINA.replace("Жанар", "Жанара"))
    page = signed_in(admin).get(f"/directory/import/{draft.pk}/").content.decode()

    assert told(draft) == ["changed", "another guardian"]
    assert "Guardians who are not in the list keep their rights" in page
    assert "A corrected spelling counts as another person" in page
    assert "Серікова Жанар<" in page


def test_a_list_that_names_everybody_says_nothing_of_rights_kept(admin: Actor, school: School) -> None:
    draft = upload(admin, school, MADINA)
    page = signed_in(admin).get(f"/directory/import/{draft.pk}/").content.decode()
    assert "keep their rights" not in page


@pytest.mark.parametrize("days_ago", [0, 9])
def test_what_the_office_has_ended_no_list_takes_up_again_and_the_preview_says_so(
    admin: Actor, school: School, days_ago: int
) -> None:
    last_day = timezone.localdate() - timedelta(days=days_ago)
    Guardianship.objects.update(starts_on=last_day, ends_on=last_day, ended_at=timezone.now())
    draft = upload(admin, school, MADINA)
    page = signed_in(admin).get(f"/directory/import/{draft.pk}/").content.decode()

    assert told(draft) == ["same"]
    assert [each.guardian.first_name for each in preview(draft).still_ended] == ["Жанар"]
    assert "stays ended until the school takes it up again" in page
    assert preview(upload(admin, school, MADINA.replace("Жанар", "Сәуле"))).unnamed == []
    apply_import(admin, draft.pk)
    kept = Guardianship.objects.get()
    assert (kept.ends_on, kept.ended_at is None) == (last_day, False)


def test_whom_the_office_has_ended_no_list_brings_back_with_another_child(admin: Actor, school: School) -> None:
    """The same child under another number would do as well: a code against a document decides who it is."""
    mother = UserFactory.create()
    Guardian.objects.update(user=mother)
    Guardianship.objects.update(ends_on=timezone.localdate(), ended_at=timezone.now())

    apply_import(admin, upload(admin, school, MADINA, ALIKHAN).pk)

    assert not Membership.objects.filter(user=mother).exists()
    assert Guardianship.objects.get(pupil__number="2").guardian.user is None


def test_a_list_gives_nobody_a_role_back(admin: Actor, school: School) -> None:
    """Somebody took it away, and a brother or sister on a list is no reason to give it again."""
    mother = UserFactory.create()
    Guardian.objects.update(user=mother)

    apply_import(admin, upload(admin, school, MADINA, ALIKHAN).pk)

    assert Guardianship.objects.filter(guardian__user=mother).count() == 2
    assert not Membership.objects.filter(user=mother).exists()


@pytest.mark.parametrize("days", [0, 30])
def test_an_end_yet_to_come_is_kept(admin: Actor, school: School, days: int) -> None:
    ends_on = timezone.localdate() + timedelta(days=days)
    Guardianship.objects.update(ends_on=ends_on)
    draft = upload(admin, school, MADINA)
    assert told(draft) == ["same"]

    apply_import(admin, draft.pk)
    assert Guardianship.objects.get().ends_on == ends_on


def test_of_two_of_the_same_name_the_one_in_force_is_meant(admin: Actor, school: School) -> None:
    today = timezone.localdate()
    ended = Guardianship.objects.get()
    Guardianship.objects.update(starts_on=today, ends_on=today - timedelta(days=1))
    namesake = GuardianFactory.create(user=None, last_name="Серікова", first_name="Жанар")
    Guardianship.objects.create(pupil=ended.pupil, guardian=namesake, relation=Relation.OTHER, starts_on=today)

    apply_import(admin, upload(admin, school, AS_GUARDIAN).pk)
    ended.refresh_from_db()
    assert ended.ends_on is not None
    assert Guardianship.objects.get(guardian=namesake).relation == Relation.GUARDIAN
