"""The roll comes in whole or not at all, and may come twice."""

import io
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from caseflow.audit.models import AuditEntry
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Guardian, Guardianship, ImportDraft, Pupil, School
from caseflow.directory.selectors.finding import find_pupils
from caseflow.directory.services.imports import (
    AlreadyAppliedError,
    ImportRefusedError,
    apply_import,
    keep_draft,
    preview,
)
from caseflow.directory.services.roll_changes import phone_of
from caseflow.directory.services.tables import UnreadableTableError, read_table
from tests.directory.factories import SchoolFactory, SchoolYearFactory, actor, signed_in

pytestmark = pytest.mark.django_db
HEADER = (
    "Номер;Фамилия;Имя;Отчество;Дата рождения;Пол;Класс;ИИН;"
    "Фамилия представителя;Имя представителя;Кем приходится;Телефон представителя"
)
MADINA = "1;Серікова;Мадина;Ерланқызы;05.03.2013;ж;7Б;;Серікова;Жанар;мать;+7 701 000 0001"
ALIKHAN = "2;Серіков;Әлихан;;2015-04-01;м;5 «А»;;Серікова;Жанар;мать;+7 701 000 0001"


@pytest.fixture
def school() -> School:
    school = SchoolFactory.create()
    SchoolYearFactory.create(region=school.district.region)
    return school


@pytest.fixture
def admin(school: School) -> Actor:
    return actor(Role.SCHOOL_ADMIN, school=school)


def upload(admin: Actor, school: School, *lines: str, full: bool = False) -> ImportDraft:
    return upload_table(admin, school, HEADER, *lines, full=full)


def upload_table(admin: Actor, school: School, *lines: str, full: bool = False) -> ImportDraft:
    content = "\n".join(lines).encode()
    return keep_draft(admin, school, name="roll.csv", content=content, is_full_roll=full)


def errors_of(draft: ImportDraft) -> dict[int, list[str]]:
    return {row.line: [str(error) for error in row.errors] for row in preview(draft).rows if row.errors}


def test_a_confirmed_list_makes_pupils_classes_and_guardians(admin: Actor, school: School) -> None:
    apply_import(admin, upload(admin, school, MADINA, ALIKHAN).pk)
    madina = Pupil.objects.get(number="1")
    assert (madina.full_name, madina.birth_date, str(madina.school_class)) == (
        "Серікова Мадина Ерланқызы",
        date(2013, 3, 5),
        "7 «Б»",
    )
    assert Pupil.objects.get(number="2").school_class is not None
    guardian = Guardian.objects.get()
    assert guardian.guardianships.count() == 2
    assert phone_of(guardian) == "+7 701 000 0001"
    assert AuditEntry.objects.get(action="import_roll").detail["new"] == 2


def test_a_phone_is_nowhere_in_plain_text(admin: Actor, school: School) -> None:
    apply_import(admin, upload(admin, school, MADINA).pk)
    assert b"701" not in bytes(Guardian.objects.get().phone_sealed)


def test_the_same_list_a_second_time_changes_nothing(admin: Actor, school: School) -> None:
    apply_import(admin, upload(admin, school, MADINA, ALIKHAN).pk)
    before = list(Pupil.objects.order_by("pk").values())
    plan = apply_import(admin, upload(admin, school, MADINA, ALIKHAN).pk)
    assert plan.count("same") == 2
    assert list(Pupil.objects.order_by("pk").values()) == before
    assert (Guardian.objects.count(), Guardianship.objects.count()) == (1, 2)


def test_one_wrong_row_keeps_every_row_out(admin: Actor, school: School) -> None:
    draft = upload(admin, school, MADINA, "3;;Асель;;01.01.2013;ж;7Б")
    assert set(errors_of(draft)) == {3}
    with pytest.raises(ImportRefusedError):
        apply_import(admin, draft.pk)
    assert Pupil.objects.count() == 0
    assert ImportDraft.objects.get(pk=draft.pk).applied_at is None


@pytest.mark.parametrize(
    "row",
    [
        ";Серікова;Мадина;;05.03.2013;ж;7Б",
        "1;Серікова;Мадина;;вчера;ж;7Б",
        "1;Серікова;Мадина;;05.03.1913;ж;7Б",
        "1;Серікова;Мадина;;05.03.2013;?;7Б",
        "1;Серікова;Мадина;;05.03.2013;ж;седьмой",
        "1;Серікова;Мадина;;05.03.2013;ж;7Б;123456789012",
        "1;Серікова;Мадина;;05.03.2013;ж;7Б;;Серікова;;мать",
        "1;Серікова;Мадина;;05.03.2013;ж;7Б;;Серікова;Жанар;сосед",
        f"1;{'х' * 101};Мадина;;05.03.2013;ж;7Б",
    ],
)
def test_each_kind_of_wrong_row_is_named_with_one_error(admin: Actor, school: School, row: str) -> None:
    assert {line: len(errors) for line, errors in errors_of(upload(admin, school, row)).items()} == {2: 1}


def test_two_pupils_with_one_number_are_refused(admin: Actor, school: School) -> None:
    other = MADINA.replace("Мадина", "Дана")
    assert set(errors_of(upload(admin, school, MADINA, other))) == {2, 3}


def test_a_pupil_with_two_guardians_stands_in_two_rows(admin: Actor, school: School) -> None:
    father = MADINA.replace("Серікова;Жанар;мать;+7 701 000 0001", "Серіков;Ерлан;отец;")
    apply_import(admin, upload(admin, school, MADINA, father).pk)
    assert sorted(Guardianship.objects.values_list("relation", flat=True)) == ["father", "mother"]


def test_a_row_twice_is_refused(admin: Actor, school: School) -> None:
    assert set(errors_of(upload(admin, school, MADINA, MADINA))) == {2, 3}


def test_those_missing_from_a_full_roll_are_hidden_and_kept(admin: Actor, school: School) -> None:
    apply_import(admin, upload(admin, school, MADINA, ALIKHAN).pk)
    plan = apply_import(admin, upload(admin, school, ALIKHAN, full=True).pk)
    assert [pupil.number for pupil in plan.leavers] == ["1"]
    assert Pupil.objects.get(number="1").left_on is not None
    psychologist = actor(Role.PSYCHOLOGIST, school=school)
    assert [pupil.number for pupil in find_pupils(psychologist, "")] == ["2"]


def test_a_leaver_who_is_listed_again_is_back(admin: Actor, school: School) -> None:
    apply_import(admin, upload(admin, school, MADINA).pk)
    Pupil.objects.update(left_on=date(2026, 1, 1))
    plan = apply_import(admin, upload(admin, school, MADINA).pk)
    assert plan.count("back") == 1
    assert Pupil.objects.get().left_on is None


def test_a_list_is_applied_once(admin: Actor, school: School) -> None:
    draft = upload(admin, school, MADINA)
    first = apply_import(admin, draft.pk)
    with pytest.raises(AlreadyAppliedError) as refused:
        apply_import(admin, draft.pk)
    assert refused.value.counts == first.counts == {"new": 1, "changed": 0, "same": 0, "back": 0, "left": 0}


def test_an_applied_list_is_removed_from_the_disk(
    admin: Actor, school: School, data_dir: Path, django_capture_on_commit_callbacks: object
) -> None:
    draft = upload(admin, school, MADINA)
    stored = data_dir / "files" / draft.stored_as[:2] / f"{draft.stored_as}.sealed"
    assert stored.exists()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        apply_import(admin, draft.pk)
    assert not stored.exists()


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_an_xlsx_list_is_read_with_its_real_dates_and_numbers(admin: Actor, school: School) -> None:
    content = workbook(
        ("Нөмірі", "Тегі", "Аты", "Туған күні", "Жынысы", "Сынып"),
        (17.0, "Оразбай", "Ерасыл", date(2012, 2, 29), "е", "8А"),
    )
    draft = keep_draft(admin, school, name="тізім.xlsx", content=content, is_full_roll=False)
    apply_import(admin, draft.pk)
    assert list(Pupil.objects.values_list("number", "birth_date", "sex")) == [("17", date(2012, 2, 29), "m")]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   ",
        b"\0\1\2",
        b"PK\3\4 not a package",
        b"Name;Class\nA;7",
        "Номер;Фамилия".encode("utf-16"),
        b'"open;\n',
    ],
)
def test_a_file_that_is_no_list_is_refused_with_a_reason(admin: Actor, school: School, content: bytes) -> None:
    with pytest.raises(UnreadableTableError, match=r"\w"):
        keep_draft(admin, school, name="x", content=content, is_full_roll=False)
    assert ImportDraft.objects.count() == 0


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=30), st.booleans())
def test_a_damaged_workbook_is_refused_in_words_or_read(damage: list[tuple[int, int]], cut: bool) -> None:
    content = bytearray(workbook(tuple(HEADER.split(";")), tuple(MADINA.split(";"))))
    for place, byte in damage:
        content[2 + place % (len(content) - 2)] = byte
    with suppress(UnreadableTableError):  # anything else would be an error page
        read_table(bytes(content[: len(content) // 2] if cut else content))


def test_a_list_in_the_old_windows_encoding_is_read(admin: Actor, school: School) -> None:
    content = "Номер;Фамилия;Имя;Дата рождения;Пол;Класс\n5;Петров;Максим;01.02.2013;м;7В".encode("cp1251")
    draft = keep_draft(admin, school, name="roll.csv", content=content, is_full_roll=False)
    assert [row.last_name for row in preview(draft).rows] == ["Петров"]


def test_the_page_shows_the_preview_and_imports_on_confirmation(admin: Actor, school: School) -> None:
    client = signed_in(admin)
    file = io.BytesIO("\n".join((HEADER, MADINA)).encode())
    file.name = "roll.csv"
    shown = client.post("/directory/import/", {"school": school.pk, "file": file}, follow=True)
    assert "Серікова Мадина" in shown.content.decode()
    assert Pupil.objects.count() == 0
    address = shown.redirect_chain[-1][0]
    assert client.post(address).status_code == 302
    assert Pupil.objects.count() == 1


def test_another_school_s_list_does_not_exist_for_an_administrator(admin: Actor, school: School) -> None:
    elsewhere = SchoolFactory.create()
    other = actor(Role.SCHOOL_ADMIN, school=elsewhere)
    draft = upload(admin, school, MADINA)
    assert signed_in(other).get(f"/directory/import/{draft.pk}/").status_code == 404
    assert signed_in(other).post(f"/directory/import/{draft.pk}/").status_code == 404
