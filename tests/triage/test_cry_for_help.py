"""A cry for help does not vanish by one person's hand (fact 4 of the rules)."""

import pytest
from django.utils import timezone

from caseflow.cases.enums import RiskLevel
from caseflow.cases.rules import CaseRefused
from caseflow.cases.services import close_case, open_case, set_risk
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil, School
from caseflow.incidents.enums import Category
from caseflow.incidents.models import Incident
from caseflow.triage.services import BadDecisionError, decide
from tests.directory.factories import SchoolFactory, actor
from tests.incidents.factories import harmed, reported, teacher_at
from tests.triage.factories import pupil_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


@pytest.fixture
def child(school: School) -> Pupil:
    return pupil_at(school)


@pytest.fixture
def cry(school: School, psychologist: Actor, child: Pupil) -> Incident:
    return reported(teacher_at(school), harmed(child), category=Category.SELF_HARM)


def test_its_case_is_closed_only_after_an_assessment_and_by_another_person(
    cry: Incident, psychologist: Actor, school: School
) -> None:
    case = decide(psychologist, item_id=cry.triage_item_id, decision="open_case").case
    assert case is not None
    colleague = actor(Role.PSYCHOLOGIST, school=school)
    for who in (psychologist, colleague):
        with pytest.raises(CaseRefused, match="Assess the risk"):
            close_case(who, case.pk, reason="Всё хорошо")
    set_risk(psychologist, case.pk, level=RiskLevel.LOW, basis="Беседа")

    with pytest.raises(CaseRefused, match="second person"):
        close_case(psychologist, case.pk, reason="Всё хорошо")

    assert not close_case(colleague, case.pk, reason="Всё хорошо").is_open


def test_it_is_linked_to_the_pupil_s_own_case_alone(
    cry: Incident, psychologist: Actor, school: School, child: Pupil
) -> None:
    other = open_case(psychologist, pupil_id=pupil_at(school).pk, reason="Другое")
    with pytest.raises(BadDecisionError):
        decide(psychologist, item_id=cry.triage_item_id, decision="link", case_id=other.pk)

    own = open_case(psychologist, pupil_id=child.pk, reason="Раньше")
    assert decide(psychologist, item_id=cry.triage_item_id, decision="link", case_id=own.pk).case == own


def test_a_case_without_a_cry_is_closed_as_before(psychologist: Actor, child: Pupil) -> None:
    case = open_case(psychologist, pupil_id=child.pk, reason="Просьба мамы")

    assert not close_case(psychologist, case.pk, reason="Решено").is_open


def test_it_is_taken_in_also_when_the_pupil_has_left_meanwhile(
    cry: Incident, psychologist: Actor, child: Pupil
) -> None:
    Pupil.objects.filter(pk=child.pk).update(left_on=timezone.localdate())

    assert decide(psychologist, item_id=cry.triage_item_id, decision="open_case").case is not None
