"""A record of a person that was ended by mistake holds again."""

import pytest
from django.urls import reverse

from caseflow.cases.enums import RiskLevel
from caseflow.cases.models import Case
from caseflow.cases.services import close_case, set_risk
from caseflow.directory.actors import Actor
from caseflow.directory.models import Pupil
from caseflow.relations.models import PersonAround
from caseflow.relations.services import end_person
from caseflow.undo.rules import TooLateError
from tests.cases.factories import case_of, psychologist
from tests.directory.factories import PupilFactory, signed_in
from tests.relations.factories import recorded
from tests.undo.factories import undone

pytestmark = pytest.mark.django_db
ENDED = "person_ended"


@pytest.fixture
def who() -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


@pytest.fixture
def friend(case: Case) -> Pupil:
    return PupilFactory.create(school_class=case.pupil.school_class)


def ended(who: Actor, case: Case, friend: Pupil) -> PersonAround:
    return end_person(who, case.pk, recorded(who, case, pupil=friend.pk).pk, reason="Переехала")


def test_it_holds_again_and_the_chronology_says_both(who: Actor, case: Case, friend: Pupil) -> None:
    person = ended(who, case, friend)
    assert undone(who, ENDED, person.pk, at=person.ended_at) == reverse("relations:case", args=[case.pk])
    person.refresh_from_db()
    assert (person.ended_at, person.ended_by, person.reason_sealed) == (None, None, b"")
    assert list(
        case.entries.filter(code__startswith="person_").order_by("recorded_at").values_list("code", flat=True)
    ) == [
        "person_recorded",
        "person_ended",
        "person_restored",
    ]


def test_not_once_it_was_recorded_anew_or_the_case_is_closed(who: Actor, case: Case, friend: Pupil) -> None:
    person = ended(who, case, friend)
    recorded(who, case, pupil=friend.pk)
    with pytest.raises(TooLateError):
        undone(who, ENDED, person.pk, at=person.ended_at)
    other = ended(who, case, PupilFactory.create(school_class=case.pupil.school_class))
    set_risk(who, case.pk, level=RiskLevel.LOW, basis="Беседа")
    close_case(who, case.pk, reason="Больше не нужно")
    with pytest.raises(TooLateError):
        undone(who, ENDED, other.pk, at=other.ended_at)


def test_the_page_offers_it(who: Actor, case: Case, friend: Pupil) -> None:
    person = recorded(who, case, pupil=friend.pk)
    address = reverse("relations:end", args=[case.pk, person.pk])
    assert "data-undo-offer" in signed_in(who).post(address, {"reason": "Переехала"}, follow=True).content.decode()
