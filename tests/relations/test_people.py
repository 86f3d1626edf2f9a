"""Guardians, siblings and whoever was recorded by hand: named, never changed, ended with a reason."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from caseflow.accounts.models import User
from caseflow.audit.models import AuditEntry
from caseflow.cases.models import Case, ChronologyEntry
from caseflow.cases.rules import CaseRefused
from caseflow.cases.services import close_case
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Relation
from caseflow.directory.models import Pupil
from caseflow.relations.enums import RelationKind, SaidBy
from caseflow.relations.models import PersonAround
from caseflow.relations.selectors import around as selector
from caseflow.relations.selectors.choosing import found_people
from caseflow.relations.selectors.drawing import picture_of, sentence_of
from caseflow.relations.services import end_person, record_person
from caseflow.relations.services.reading import list_people, open_people, open_person
from tests.cases.factories import case_of, psychologist
from tests.directory.factories import GuardianshipFactory, PupilFactory
from tests.incidents.factories import teacher_at
from tests.relations.factories import OUTSIDE, recorded, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


@pytest.fixture
def friend(case: Case) -> Pupil:
    return PupilFactory.create(school_class=case.pupil.school_class, last_name="Байжан", first_name="Аружан")


def test_a_pupil_an_employee_and_somebody_from_outside_are_recorded(who: Actor, case: Case, friend: Pupil) -> None:
    teacher = teacher_at(case.school).user
    recorded(who, case, kind=RelationKind.FRIEND, pupil=friend.pk, note=" Бірге отырады ")
    recorded(who, case, employee=teacher.pk, said_by=SaidBy.SEEN, since=timezone.localdate())
    outside = recorded(who, case, kind=RelationKind.RELATIVE)
    assert OUTSIDE.encode() not in bytes(outside.outside_sealed)
    _case, found = list_people(who, case.pk)
    assert [(row.name, row.note) for row in found.close] == [
        ("Байжан Аружан", "Бірге отырады"),
        (teacher.short_name, ""),
    ]
    assert [row.name for row in found.family] == [OUTSIDE]
    codes = ChronologyEntry.objects.filter(case=case, code="person_recorded").values_list("params", flat=True)
    assert sorted(params["relation"] for params in codes) == ["friend", "helper", "relative"]
    assert AuditEntry.objects.filter(action="people_read").count() == 1
    picture, sentence = picture_of(found), sentence_of(found)
    assert {(box.node.name, box.side) for box in picture.boxes} == {
        ("Байжан Аружан", "close"),
        (teacher.short_name, "close"),
        (OUTSIDE, "family"),
    }
    assert sentence == (
        "Around the pupil: 0 parents or legal representatives, 1 of the family, 2 friends or helpers, "
        "0 pupils of the same incidents."
    )


def test_what_does_not_name_one_person_is_refused(who: Actor, case: Case, friend: Pupil) -> None:
    teacher = teacher_at(case.school).user
    for unclear in (told(outside=" "), told(pupil=friend.pk, employee=teacher.pk), told(pupil=friend.pk, outside="я")):
        with pytest.raises(CaseRefused, match="Say who it is"):
            record_person(who, case.pk, unclear)
    with pytest.raises(CaseRefused, match="has not come"):
        recorded(who, case, since=timezone.localdate() + timedelta(days=1))
    for pupil in (case.pupil, PupilFactory.create()):
        with pytest.raises(Pupil.DoesNotExist):
            recorded(who, case, pupil=pupil.pk)
    with pytest.raises(User.DoesNotExist):
        recorded(who, case, employee=psychologist().user.pk)
    recorded(who, case, pupil=friend.pk)
    recorded(who, case, employee=teacher.pk)
    for again in ({"pupil": friend.pk}, {"employee": teacher.pk}):
        with pytest.raises(CaseRefused, match="recorded already"):
            recorded(who, case, **again)
    recorded(who, case, kind=RelationKind.FRIEND, pupil=friend.pk)
    assert PersonAround.objects.count() == 3
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonAround.objects.update(pupil=friend, employee=teacher)


def test_a_person_is_ended_with_a_reason_and_stays_to_be_read(who: Actor, case: Case) -> None:
    person = recorded(who, case)
    with pytest.raises(CaseRefused, match="Say why"):
        end_person(who, case.pk, person.pk, reason=" ")
    end_person(who, case.pk, person.pk, reason="Переехала")
    _case, found = list_people(who, case.pk)
    (row,) = found.ended
    assert (found.people, row.name, row.reason, row.person.ended_by) == ([], OUTSIDE, "Переехала", who.user)
    with pytest.raises(PersonAround.DoesNotExist):
        end_person(who, case.pk, person.pk, reason="снова")
    recorded(who, case)


def test_strangers_and_closed_cases(who: Actor, case: Case) -> None:
    person = recorded(who, case)
    stranger = psychologist()
    for refused in (
        lambda: list_people(stranger, case.pk),
        lambda: recorded(stranger, case),
        lambda: end_person(stranger, case.pk, person.pk, reason="так"),
        lambda: open_people(stranger, case.pk),
    ):
        with pytest.raises(Case.DoesNotExist):
            refused()
    other = case_of(who)
    with pytest.raises(PersonAround.DoesNotExist):
        open_person(who, other.pk, person.pk)
    close_case(who, case.pk, reason="Помощь больше не нужна")
    with pytest.raises(CaseRefused, match="closed"):
        recorded(who, case)
    again = case_of(who, case.pupil)
    assert [row.name for row in list_people(who, again.pk)[1].people] == [OUTSIDE]
    assert open_person(who, again.pk, person.pk)[1].name == OUTSIDE


def test_siblings_share_a_guardian_in_force_and_are_named_at_own_schools_only(who: Actor, case: Case) -> None:
    mother = GuardianshipFactory.create(pupil=case.pupil, relation=Relation.MOTHER).guardian
    here = PupilFactory.create(school_class=case.pupil.school_class, last_name="Бауыр")
    elsewhere = PupilFactory.create()
    left = PupilFactory.create(school_class=case.pupil.school_class, left_on=timezone.localdate() - timedelta(days=1))
    former = PupilFactory.create(school_class=case.pupil.school_class)
    for pupil in (here, elsewhere, left):
        GuardianshipFactory.create(pupil=pupil, guardian=mother)
    GuardianshipFactory.create(pupil=former, guardian=mother, ends_on=timezone.localdate() - timedelta(days=1))
    _case, found = list_people(who, case.pk)
    assert [(row.pupil, row.through) for row in found.siblings] == [(here, (mother.short_name,))]
    assert found.siblings_elsewhere == 1
    assert [box.node.label for box in picture_of(found).boxes] == ["mother", "Brother or sister"]


def test_whoever_is_excluded_is_named_as_such_and_not_drawn(
    who: Actor, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    father = GuardianshipFactory.create(pupil=case.pupil).guardian
    monkeypatch.setattr(selector, "excluded_guardians", lambda _pupil: frozenset({father.pk}))
    found = list_people(who, case.pk)[1]
    assert [row.excluded for row in found.guardians] == [True]
    assert picture_of(found).boxes == ()


def test_people_are_found_by_name_from_two_letters_on(who: Actor, case: Case, friend: Pupil) -> None:
    teacher = teacher_at(case.school)
    own = open_people(who, case.pk).file.case
    assert not found_people(who, own, "б").asked
    assert found_people(who, own, "байжан").pupils == [friend]
    assert found_people(who, own, teacher.user.last_name).members == [teacher.user]
    assert found_people(who, own, case.pupil.last_name).pupils == []
