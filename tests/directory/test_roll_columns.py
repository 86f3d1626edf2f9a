"""A column that the list does not have keeps what is known; an empty cell makes it empty."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Relation, Role
from caseflow.directory.models import Guardian, Guardianship, Pupil, School
from caseflow.directory.services.imports import apply_import, preview
from caseflow.directory.services.roll_changes import national_number_of, phone_of
from tests.directory.factories import SchoolFactory, SchoolYearFactory, actor
from tests.directory.test_roll_import import errors_of, upload_table

pytestmark = pytest.mark.django_db
NEEDED = "Номер;Фамилия;Имя;Дата рождения;Пол;Класс"
MADINA = "1;Серікова;Мадина;05.03.2013;ж;7Б"
GUARDIAN = "Фамилия представителя;Имя представителя"
EVERY = f"{NEEDED};Отчество;ИИН;{GUARDIAN};Отчество представителя;Кем приходится;Телефон представителя"
ALL_TOLD = f"{MADINA};Ерланқызы;130305655556;Серікова;Жанар;Маратовна;мать;+7 701 000 0001"


@pytest.fixture
def school() -> School:
    school = SchoolFactory.create()
    SchoolYearFactory.create(region=school.district.region)
    return school


@pytest.fixture
def admin(school: School) -> Actor:
    admin = actor(Role.SCHOOL_ADMIN, school=school)
    apply_import(admin, upload_table(admin, school, EVERY, ALL_TOLD).pk)
    return admin


def known() -> tuple[str, ...]:
    """All that the optional columns told of the one pupil and the one guardian."""
    pupil, guardian, guardianship = Pupil.objects.get(), Guardian.objects.get(), Guardianship.objects.get()
    of_pupil = (pupil.patronymic, national_number_of(pupil))
    return (*of_pupil, guardian.patronymic, guardianship.relation, phone_of(guardian))


EVERYTHING = ("Ерланқызы", "130305655556", "Маратовна", Relation.MOTHER, "+7 701 000 0001")


@pytest.mark.parametrize(("header", "line"), [(NEEDED, MADINA), (f"{NEEDED};{GUARDIAN}", f"{MADINA};Серікова;Жанар")])
def test_a_list_without_the_optional_columns_keeps_what_they_told(
    admin: Actor, school: School, header: str, line: str
) -> None:
    draft = upload_table(admin, school, header, line)
    plan = preview(draft)
    apply_import(admin, draft.pk)

    assert [(row.change, row.changed) for row in plan.rows] == [("same", [])]
    assert plan.unnamed == []
    assert known() == EVERYTHING


def test_an_empty_cell_empties_and_the_preview_says_so(admin: Actor, school: School) -> None:
    draft = upload_table(admin, school, EVERY, f"{MADINA};;;Серікова;Жанар;Маратовна;;")
    (row,) = preview(draft).rows
    apply_import(admin, draft.pk)

    assert [str(each) for each in row.changed] == [
        "patronymic (becomes empty)",
        "IIN (becomes empty)",
        "guardian's relation",
        "guardian's phone (becomes empty)",
    ]
    assert known() == ("", "", "Маратовна", Relation.OTHER, "")
    assert preview(upload_table(admin, school, EVERY, f"{MADINA};;;Серікова;Жанар;Маратовна;;")).count("same") == 1


def test_a_new_pupil_of_a_short_list_has_empty_fields(admin: Actor, school: School) -> None:
    apply_import(admin, upload_table(admin, school, NEEDED, MADINA.replace("1;", "2;", 1)).pk)
    pupil = Pupil.objects.get(number="2")
    assert (pupil.patronymic, pupil.left_on, national_number_of(pupil)) == ("", None, "")


def test_a_leaving_date_yet_to_come_is_kept_without_its_column_and_emptied_with_it(
    admin: Actor, school: School
) -> None:
    leaves = timezone.localdate() + timedelta(days=30)
    Pupil.objects.update(left_on=leaves)

    apply_import(admin, upload_table(admin, school, NEEDED, MADINA).pk)
    assert Pupil.objects.get().left_on == leaves

    draft = upload_table(admin, school, f"{NEEDED};Дата выбытия", f"{MADINA};")
    (row,) = preview(draft).rows
    apply_import(admin, draft.pk)
    assert (row.change, [str(each) for each in row.changed]) == ("changed", ["leaving date (becomes empty)"])
    assert Pupil.objects.get().left_on is None


def test_a_leaver_is_back_when_listed_unless_the_list_says_when_they_left(admin: Actor, school: School) -> None:
    Pupil.objects.update(left_on=date(2026, 1, 1))
    with_date = upload_table(admin, school, f"{NEEDED};Дата выбытия", f"{MADINA};01.01.2026")
    assert [row.change for row in preview(with_date).rows] == ["same"]

    without = upload_table(admin, school, NEEDED, MADINA)
    assert [row.change for row in preview(without).rows] == ["back"]
    apply_import(admin, without.pk)
    assert Pupil.objects.get().left_on is None


def test_a_pupil_who_was_to_leave_later_has_left_when_a_full_roll_lacks_them(admin: Actor, school: School) -> None:
    Pupil.objects.update(left_on=timezone.localdate() + timedelta(days=30))
    draft = upload_table(admin, school, NEEDED, "2;Серіков;Әлихан;01.04.2015;м;5А", full=True)
    apply_import(admin, draft.pk)
    assert Pupil.objects.get(number="1").left_on == timezone.localdate()


PHONES = f"{NEEDED};{GUARDIAN};Телефон представителя"
SIBLING = "2;Серіков;Әлихан;01.04.2015;м;5А"


def test_a_sibling_s_row_may_leave_out_the_guardian_s_phone(admin: Actor, school: School) -> None:
    both = (f"{SIBLING};Серікова;Жанар;+7 701 000 0001", f"{MADINA};Серікова;Жанар;")
    apply_import(admin, upload_table(admin, school, PHONES, *both[::-1]).pk)
    apply_import(admin, upload_table(admin, school, PHONES, *both).pk)

    assert phone_of(Guardian.objects.get()) == "+7 701 000 0001"


def test_one_phone_in_two_spellings_is_one_phone(admin: Actor, school: School) -> None:
    lines = (f"{SIBLING};Серікова;Жанар;87010000001", f"{MADINA};Серікова;Жанар;+7 (701) 000-00-01")
    apply_import(admin, upload_table(admin, school, PHONES, *lines).pk)

    assert phone_of(Guardian.objects.get()) == "+7 701 000 0001"


@pytest.mark.parametrize("phone", ["8701", "mobile", "112", "+7 701 000 00 011"])
def test_what_nobody_can_dial_is_refused(admin: Actor, school: School, phone: str) -> None:
    draft = upload_table(admin, school, PHONES, f"{SIBLING};Серікова;Жанар;{phone}")

    assert errors_of(draft) == {2: ["The guardian's phone is not a telephone number."]}


def test_a_wrong_phone_hides_no_other_error(admin: Actor, school: School) -> None:
    row = f"{SIBLING};Серікова;Жанар;8701".replace("01.04.2015", "")

    assert len(errors_of(upload_table(admin, school, PHONES, row))[2]) == 2


def test_two_phones_for_one_guardian_are_refused(admin: Actor, school: School) -> None:
    apply_import(admin, upload_table(admin, school, PHONES, f"{SIBLING};Серікова;Жанар;+7 701 000 0001").pk)
    lines = (f"{SIBLING};Серікова;Жанар;+7 702 000 0001", f"{MADINA};Серікова;Жанар;8 703 000 00 01")
    error = ["Another row gives this guardian another phone."]
    assert errors_of(upload_table(admin, school, PHONES, *lines)) == {2: error, 3: error}
