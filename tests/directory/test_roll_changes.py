"""The preview tells every change that the import makes."""

from datetime import date

import pytest

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Guardianship, Pupil, School, SchoolClass
from caseflow.directory.services.imports import apply_import, preview
from tests.directory.factories import SchoolFactory, SchoolYearFactory, actor, signed_in
from tests.directory.test_roll_import import ALIKHAN, MADINA, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    school = SchoolFactory.create()
    SchoolYearFactory.create(region=school.district.region)
    return school


@pytest.fixture
def admin(school: School) -> Actor:
    return actor(Role.SCHOOL_ADMIN, school=school)


@pytest.mark.parametrize(
    ("old", "new", "fields"),
    [
        ("1;Серікова", " 1 ;Серікова", []),
        ("ж;7Б", "ж;8Б", ["class"]),
        ("05.03.2013", "06.03.2013", ["birth date"]),
        ("7Б;;", "7Б;130305655556;", ["IIN"]),
        ("701 000 0001", "702 000 0002", ["guardian's phone"]),
        ("Серікова;Жанар;мать", "Серікова;Сәуле;мать", ["another guardian"]),
        ("Мадина;Ерланқызы", "Мәдина;", ["first name", "patronymic (becomes empty)"]),
    ],
)
def test_the_preview_names_each_field_that_the_import_writes_and_no_secret(
    admin: Actor, school: School, old: str, new: str, fields: list[str]
) -> None:
    apply_import(admin, upload(admin, school, MADINA).pk)
    assert old in MADINA
    draft = upload(admin, school, MADINA.replace(old, new))

    (row,) = preview(draft).rows
    page = signed_in(admin).get(f"/directory/import/{draft.pk}/").content.decode()

    assert [str(name) for name in row.changed] == fields
    assert row.change == ("changed" if fields else "same")
    assert "702 000" not in page
    assert "130305655556" not in page
    written = apply_import(admin, draft.pk)
    assert (written.count("changed"), written.count("same")) == ((1, 0) if fields else (0, 1))
    assert preview(upload(admin, school, MADINA.replace(old, new))).rows[0].changed == []


def test_the_page_shows_the_names_of_the_changed_fields(admin: Actor, school: School) -> None:
    apply_import(admin, upload(admin, school, MADINA).pk)
    draft = upload(admin, school, MADINA.replace("05.03.2013", "06.03.2013").replace("7Б", "8Б"))
    user = admin.user
    user.language = "en"
    user.save()

    assert "birth date, class" in signed_in(admin).get(f"/directory/import/{draft.pk}/").content.decode()


def test_a_class_of_last_year_is_changed_to_the_one_of_this_year(admin: Actor, school: School) -> None:
    apply_import(admin, upload(admin, school, MADINA).pk)
    past = SchoolYearFactory.create(
        region=school.district.region, starts_on=date(2001, 9, 1), ends_on=date(2002, 5, 25)
    )
    SchoolClass.objects.update(year=past)

    assert [str(name) for name in preview(upload(admin, school, MADINA)).rows[0].changed] == ["class"]


def test_a_pupil_without_a_class_is_put_into_one(admin: Actor, school: School) -> None:
    apply_import(admin, upload(admin, school, MADINA).pk)
    Pupil.objects.update(school_class=None)

    assert [str(name) for name in preview(upload(admin, school, MADINA)).rows[0].changed] == ["class"]


def test_a_pupil_of_two_rows_is_the_same_only_if_both_are(admin: Actor, school: School) -> None:
    apply_import(admin, upload(admin, school, MADINA).pk)
    father = MADINA.replace("Серікова;Жанар;мать;+7 701 000 0001", "Серіков;Ерлан;отец;")

    plan = preview(upload(admin, school, MADINA, father))

    assert [row.change for row in plan.rows] == ["same", "changed"]
    assert (plan.count("changed"), plan.count("same")) == (1, 0)


def test_a_guardian_the_list_no_longer_names_is_told_and_stays(admin: Actor, school: School) -> None:
    father = MADINA.replace("Серікова;Жанар;мать;+7 701 000 0001", "Серіков;Ерлан;отец;")
    apply_import(admin, upload(admin, school, MADINA, father, ALIKHAN).pk)
    draft = upload(admin, school, MADINA)
    user = admin.user
    user.language = "en"
    user.save()

    page = signed_in(admin).get(f"/directory/import/{draft.pk}/").content.decode()
    plan = apply_import(admin, draft.pk)

    assert [(each.guardian.first_name, each.pupil.number) for each in plan.unnamed] == [("Ерлан", "1")]
    assert "no longer in the list: stays until the school ends it" in page
    assert Guardianship.objects.filter(ends_on=None).count() == 3


def test_a_guardian_whose_time_is_over_is_not_missed(admin: Actor, school: School) -> None:
    apply_import(admin, upload(admin, school, MADINA).pk)
    Guardianship.objects.update(starts_on=date(2020, 1, 1), ends_on=date(2020, 2, 1))
    other = MADINA.replace("Жанар", "Сәуле")

    assert preview(upload(admin, school, other)).unnamed == []


def test_a_list_that_names_no_guardian_at_all_misses_none(admin: Actor, school: School) -> None:
    apply_import(admin, upload(admin, school, MADINA).pk)

    assert preview(upload(admin, school, "1;Серікова;Мадина;Ерланқызы;05.03.2013;ж;7Б")).unnamed == []
