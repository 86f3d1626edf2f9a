"""Who is found by what is typed: every spelling, an error, a class, and nobody outside the actor's scope."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil, School
from caseflow.directory.rules.asking import understand
from caseflow.directory.selectors.finding import find_pupils, pupil_hits
from caseflow.directory.selectors.naming import Lookup
from tests.directory.factories import (
    GuardianFactory,
    GuardianshipFactory,
    PupilFactory,
    SchoolClassFactory,
    SchoolFactory,
    actor,
)

pytestmark = pytest.mark.django_db
NAMES = (
    ("Серікова", "Мадина", "Ерланқызы"),
    ("Жақсылық", "Ернар", ""),
    ("Ким", "Алина", ""),
    ("Ахметов", "Рауан", "Даниярұлы"),
    ("Соловьёв", "Семён", ""),
    ("Шыңғысхан", "Әсел", ""),
)


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


@pytest.fixture
def pupils(school: School) -> dict[str, Pupil]:
    """By first name, all in 7 «Б»."""
    b7 = SchoolClassFactory.create(school=school, grade=7, letter="Б")
    return {
        first: PupilFactory.create(school_class=b7, last_name=last, first_name=first, patronymic=patronymic)
        for last, first, patronymic in NAMES
    }


def asked_for(query: str) -> Lookup:
    return Lookup(understand(query))


def found(who: Actor, query: str, limit: int = 10) -> list[str]:
    hits, _more = pupil_hits(who, asked_for(query), limit)
    return [hit.title.split()[1] for hit in hits]


@pytest.mark.parametrize(
    ("query", "first_names"),
    [
        ("серікова", ["Мадина"]),
        ("Серикова", ["Мадина"]),
        ("SERIKOVA", ["Мадина"]),
        ("мадина сер", ["Мадина"]),
        ("Zhaksylyk", ["Ернар"]),
        ("jaqsylyq er", ["Ернар"]),
        ("Solovyov Semyon", ["Семён"]),
        ("cthsrjdf", ["Мадина"]),  # серыкова on Latin keys
        ("Серкова", ["Мадина"]),
        ("Сеиркова", ["Мадина"]),
        ("Серижова", ["Мадина"]),
        ("Сериккова Мадна", ["Мадина"]),
        ("ахметво", ["Рауан"]),
        ("асл", ["Әсел"]),
        ("ким 7Б", ["Алина"]),
        ("ким 7", ["Алина"]),
        ("ким 8Б", []),
        ("ким 8", []),
        ("№ 7", []),
        ("ким № 7", []),
        ("Абвгдежз", []),
    ],
)
def test_a_pupil_is_found_however_the_name_is_typed(
    psychologist: Actor, pupils: dict[str, Pupil], query: str, first_names: list[str]
) -> None:
    assert found(psychologist, query) == first_names


def test_a_class_alone_shows_its_pupils_up_to_the_limit(psychologist: Actor, pupils: dict[str, Pupil]) -> None:
    hits, more = pupil_hits(psychologist, asked_for("7б"), 4)
    assert (len(hits), more) == (4, True)
    assert {hit.note for hit in hits} == {"7 «Б»"}


def test_whole_names_come_first_then_beginnings_then_what_is_similar(psychologist: Actor, school: School) -> None:
    school_class = SchoolClassFactory.create(school=school)
    for first in ("Алина", "Алихан", "Али", "Ажи"):
        PupilFactory.create(school_class=school_class, last_name="Ким", first_name=first)
    PupilFactory.create(school_class=school_class, last_name="Юн", first_name="Али")
    assert found(psychologist, "али", limit=2) == ["Али", "Али"]
    assert found(psychologist, "али", limit=4) == ["Али", "Али", "Алина", "Алихан"]
    hits, more = pupil_hits(psychologist, asked_for("али"), 9)
    assert [(hit.title, hit.similar) for hit in hits][-1] == ("Ким Ажи", True)
    assert not more


def test_nobody_outside_the_scope_is_found(psychologist: Actor, school: School) -> None:
    own_child = PupilFactory.create(school_class=SchoolClassFactory.create(school=school), last_name="Серікова")
    GuardianshipFactory.create(pupil=own_child, guardian=GuardianFactory.create(user=psychologist.user))
    PupilFactory.create(last_name="Серікова")
    yesterday = timezone.localdate() - timedelta(days=1)
    school_class = SchoolClassFactory.create(school=school)
    PupilFactory.create(school_class=school_class, last_name="Серікова", left_on=yesterday)
    for query in ("серікова", "серкова", "7"):
        assert found(psychologist, query) == []
        assert not find_pupils(psychologist, query).exists()


def test_a_class_teacher_finds_the_own_class_alone(school: School, pupils: dict[str, Pupil]) -> None:
    teacher = actor(Role.CLASS_TEACHER, school_class=pupils["Мадина"].school_class)
    PupilFactory.create(school_class=SchoolClassFactory.create(school=school), last_name="Серікова", first_name="Дана")
    hits, _more = pupil_hits(teacher, asked_for("серикова"), 10)
    assert [hit.url for hit in hits] == [f"/incidents/new/?pupil={pupils['Мадина'].pk}"]


def test_the_office_is_led_to_the_class(school: School, pupils: dict[str, Pupil]) -> None:
    office = actor(Role.SCHOOL_ADMIN, school=school)
    Pupil.objects.filter(pk=pupils["Алина"].pk).update(school_class=None)
    urls = [pupil_hits(office, asked_for(query), 1)[0][0].url for query in ("мадина", "алина")]
    assert urls == [f"/directory/classes/{pupils['Мадина'].school_class_id}/", "/directory/classes/"]


@pytest.mark.parametrize("role", [Role.LEAD_PSYCHOLOGIST, Role.PRINCIPAL, Role.TEACHER])
def test_roles_without_a_page_about_a_pupil_find_none(school: School, pupils: dict[str, Pupil], role: Role) -> None:
    unit = {"district": school.district} if role == Role.LEAD_PSYCHOLOGIST else {"school": school}
    assert found(actor(role, **unit), "серикова") == []


def test_the_list_of_pupils_shows_those_with_an_error_where_nobody_fits(
    psychologist: Actor, pupils: dict[str, Pupil]
) -> None:
    def listed(query: str) -> list[str]:
        return [pupil.first_name for pupil in find_pupils(psychologist, query)]

    assert listed("серкова") == ["Мадина"]
    assert len(listed("")) == len(listed("7")) == len(listed("7Б")) == len(NAMES)
    assert listed("?!") == listed("999") == listed("8") == []


def test_a_search_in_a_region_asks_for_its_schools(school: School) -> None:
    PupilFactory.create(school_class=SchoolClassFactory.create(school=school), last_name="Серікова")
    lead = actor(Role.LEAD_PSYCHOLOGIST, district=school.district)
    assert [pupil.last_name for pupil in find_pupils(lead, "серикова")] == ["Серікова"]


LETTERS = "аәбғежзиклмнөрстуұшыі"
names = st.text(st.sampled_from(LETTERS), min_size=4, max_size=9)
SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SLOW
@given(name=names, data=st.data())
def test_one_error_in_a_name_finds_it_among_the_others(
    psychologist: Actor, pupils: dict[str, Pupil], name: str, data: st.DataObject
) -> None:
    """Keys of a name that the product has kept, not those that a rule would make."""
    sought = PupilFactory.create(school_class=pupils["Алина"].school_class, last_name=name.title(), first_name="Сана")
    place, letter = data.draw(st.integers(0, len(name) - 1)), data.draw(st.sampled_from(LETTERS))
    before, after = name[:place], name[place + 1 :]
    swapped = before + after[:1] + name[place] + after[1:]
    for typed in (before + after, before + letter + after, before + letter + name[place:], swapped):
        hits, _more = pupil_hits(psychologist, asked_for(typed), 50)
        assert str(sought.pk) in [hit.id for hit in hits]
        assert {hit.id for hit in hits} <= {str(pk) for pk in psychologist.pupils().values_list("pk", flat=True)}


def test_thirty_namesakes_cost_what_one_does(psychologist: Actor, school: School) -> None:
    school_class = SchoolClassFactory.create(school=school)
    costs = []
    for number in (1, 29):
        PupilFactory.create_batch(number, school_class=school_class, last_name="Серікова")
        with CaptureQueriesContext(connection) as queries:
            hits, _more = pupil_hits(psychologist, asked_for("сериккова"), 50)
        costs.append((len(queries), len(hits)))
    assert costs == [(3, 1), (3, 30)]
