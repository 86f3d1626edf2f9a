"""Whatever writes the name of a pupil keeps the keys by which the pupil is found."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from caseflow.demo.people import make_people
from caseflow.demo.places import make_places
from caseflow.directory.enums import Role
from caseflow.directory.models import NameKey, Pupil, School
from caseflow.directory.rules.spelling import name_keys
from caseflow.directory.services.imports import apply_import, keep_draft
from caseflow.directory.services.name_keys import write_name_keys
from tests.directory.factories import PupilFactory, SchoolFactory, SchoolYearFactory, actor

pytestmark = pytest.mark.django_db
HEADER = "Номер;Фамилия;Имя;Отчество;Дата рождения;Пол;Класс"
ROLL = ("1;Серікова;Мадина;Ерланқызы;05.03.2013;ж;7Б", "2;Ким;Алина;;05.04.2013;ж;7Б")


def stale() -> list[str]:
    """The pupils whose keys are not those of their names and schools."""
    kept: dict[object, set[tuple[int, int, bytes]]] = {}
    for pupil, school, kind, key in NameKey.objects.values_list("pupil", "school", "kind", "key"):
        kept.setdefault(pupil, set()).add((school, kind, bytes(key)))
    return [str(pupil) for pupil in Pupil.objects.all() if kept.get(pupil.pk, set()) != expected(pupil)]


def expected(pupil: Pupil) -> set[tuple[int, int, bytes]]:
    found = name_keys(pupil.full_name).items()
    return {(pupil.school_id, kind, key) for kind, keys in found for key in keys}


def imported(school: School, *rows: str, full: bool = False) -> None:
    admin = actor(Role.SCHOOL_ADMIN, school=school)
    content = "\n".join([HEADER, *rows]).encode()
    apply_import(admin, keep_draft(admin, school, name="roll.csv", content=content, is_full_roll=full).pk)


@pytest.fixture
def school() -> School:
    school = SchoolFactory.create()
    SchoolYearFactory.create(region=school.district.region)
    return school


def test_a_list_that_brings_pupils_writes_them(school: School) -> None:
    imported(school, *ROLL)
    assert Pupil.objects.count() == 2
    assert stale() == []


def test_a_list_that_renames_takes_back_and_lets_go_writes_them(school: School) -> None:
    imported(school, *ROLL)
    imported(school, ROLL[0].replace("Серікова", "Ахметова"), full=True)
    assert stale() == []
    imported(school, *(row.replace("Алина;", "Алия;Ким-кызы") for row in ROLL))
    assert stale() == []


def test_a_list_that_changes_no_name_leaves_them_alone(school: School) -> None:
    imported(school, *ROLL)
    before = set(NameKey.objects.values_list("pk", flat=True))
    imported(school, ROLL[0].replace("7Б", "8Б"))
    assert set(NameKey.objects.values_list("pk", flat=True)) == before


def test_the_demo_writes_them() -> None:
    make_people(make_places(timezone.localdate()))
    assert Pupil.objects.count() > 20
    assert stale() == []


def test_pupils_from_before_get_them_by_the_migration() -> None:
    pupils = PupilFactory.create_batch(3)
    NameKey.objects.all().delete()
    assert len(stale()) == len(pupils)
    import_module("caseflow.directory.migrations.0006_name_keys").write_keys(apps, None)
    assert stale() == []


def test_they_go_with_the_pupil() -> None:
    pupil = PupilFactory.create()
    Pupil.objects.filter(pk=pupil.pk).delete()
    assert not NameKey.objects.exists()


def test_three_hundred_pupils_are_written_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("caseflow.directory.services.name_keys.PUPILS_AT_ONCE", 2)
    pupils = PupilFactory.create_batch(5)
    Pupil.objects.update(first_name="Дана")
    assert len(stale()) == 5
    with CaptureQueriesContext(connection) as queries:
        write_name_keys(Pupil.objects.filter(pk__in=[pupil.pk for pupil in pupils]))
    assert stale() == []
    assert len([each for each in queries if each["sql"].startswith("DELETE")]) == 3
