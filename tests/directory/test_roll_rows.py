"""Each row is checked before anything is written: what contradicts another row, and what no column can hold."""

import pytest

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Guardian, Pupil, School
from caseflow.directory.services.imports import apply_import
from caseflow.directory.services.roll_rows import LONGEST
from tests.directory.factories import SchoolFactory, SchoolYearFactory, actor
from tests.directory.test_roll_import import MADINA, errors_of, upload, upload_table

pytestmark = pytest.mark.django_db
HEADER = "Номер;Фамилия;Имя;Отчество;Дата рождения;Пол;Класс;ИИН;Дата выбытия;Фамилия представителя;Имя представителя"
MOTHER = "1;Серікова;Мадина;Ерланқызы;05.03.2013;ж;7Б;;;Серікова;Жанар"
FATHER = "1;Серікова;Мадина;Ерланқызы;05.03.2013;ж;7Б;;;Серіков;Ерлан"


@pytest.fixture
def school() -> School:
    school = SchoolFactory.create()
    SchoolYearFactory.create(region=school.district.region)
    return school


@pytest.fixture
def admin(school: School) -> Actor:
    return actor(Role.SCHOOL_ADMIN, school=school)


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("Ерланқызы", "", "Rows of this pupil contradict each other: patronymic."),
        (";ж;", ";м;", "Rows of this pupil contradict each other: sex."),
        ("7Б;;", "7Б;130305655556;", "Rows of this pupil contradict each other: IIN."),
        ("7Б;;", "7Б;;01.02.2026", "Rows of this pupil contradict each other: leaving date."),
        ("ж;7Б", "м;8Б", "Rows of this pupil contradict each other: sex, class."),
        ("Мадина", "Дана", "Another row with this number tells of another pupil."),
        ("05.03.2013", "06.03.2013", "Another row with this number tells of another pupil."),
    ],
)
def test_rows_of_one_pupil_that_contradict_each_other_are_refused(
    admin: Actor, school: School, old: str, new: str, error: str
) -> None:
    assert old in FATHER
    draft = upload_table(admin, school, HEADER, MOTHER, FATHER.replace(old, new))
    assert errors_of(draft) == {2: [error], 3: [error]}


def test_rows_of_one_pupil_that_agree_are_not(admin: Actor, school: School) -> None:
    assert errors_of(upload_table(admin, school, HEADER, MOTHER, FATHER)) == {}


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("Серікова;Жанар", f"{'х' * 150};Жанар", "The guardian's name is too long."),
        ("Серікова;Жанар", f"Серікова;{'х' * 101}", "The guardian's name is too long."),
        ("Ерланқызы", "х" * 101, "A value is too long."),
        ("1;Серікова;Мадина", f"{'1' * 33};Серікова;Мадина", "A value is too long."),
        ("7Б", "7ßßß", "A value is too long."),  # a capital ß is two letters
    ],
)
def test_what_no_column_holds_is_an_error_of_its_row(
    admin: Actor, school: School, old: str, new: str, error: str
) -> None:
    assert errors_of(upload(admin, school, MADINA.replace(old, new, 1))) == {2: [error]}


def test_a_guardian_s_patronymic_has_a_limit_too(admin: Actor, school: School) -> None:
    header, line = f"{HEADER};Отчество представителя", f"{MOTHER};{'х' * 101}"
    assert errors_of(upload_table(admin, school, header, line)) == {2: ["The guardian's name is too long."]}


def test_the_longest_values_fit(admin: Actor, school: School) -> None:
    long = "х" * 100
    header = f"{HEADER};Отчество представителя"
    line = f"{'1' * 32};{long};{long};{long};05.03.2013;ж;7ҒғҒ;;;{long};{long};{long}"
    apply_import(admin, upload_table(admin, school, header, line).pk)
    assert len(Guardian.objects.get().patronymic) == 100


def test_the_limits_are_those_of_the_columns() -> None:
    columns = {name: getattr(Pupil._meta.get_field(name), "max_length", None) for name in LONGEST}
    assert columns == LONGEST
