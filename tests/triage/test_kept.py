"""What a report about staff and a signal in shadow keep from the school, wherever a case tells of them (rule 10b)."""

import pytest
from django.urls import reverse

from caseflow.cases.services import open_case
from caseflow.cases.services.reading import open_case_page
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil, School
from caseflow.incidents.enums import Category, PartyRole
from caseflow.incidents.models import Incident
from caseflow.incidents.services import PartySaid
from caseflow.triage.services import decide
from tests.directory.factories import SchoolFactory, actor, signed_in
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
def lead(school: School) -> Actor:
    return actor(Role.LEAD_PSYCHOLOGIST, district=school.district)


@pytest.fixture
def child(school: School) -> Pupil:
    return pupil_at(school)


@pytest.fixture
def about_staff(school: School, psychologist: Actor, child: Pupil) -> Incident:
    said = PartySaid(PartyRole.SAID_TO_HAVE_HARMED, employee_id=psychologist.user.pk)
    return reported(teacher_at(school), harmed(child), said, category=Category.SEXUAL_VIOLENCE)


def test_a_case_opened_from_it_is_not_there_for_the_school(
    about_staff: Incident, psychologist: Actor, lead: Actor
) -> None:
    case = decide(lead, item_id=about_staff.triage_item_id, decision="open_case").case
    assert case is not None
    address = reverse("cases:detail", args=[case.pk])

    assert signed_in(psychologist).get(address).status_code == 404
    assert str(case.pk) not in signed_in(psychologist).get(reverse("cases:list")).content.decode()
    assert signed_in(lead).get(address).status_code == 200


def test_in_a_case_of_the_school_the_link_shows_to_the_lead_alone(
    about_staff: Incident, psychologist: Actor, lead: Actor, child: Pupil
) -> None:
    case = open_case(psychologist, pupil_id=child.pk, reason="Раньше")
    decide(lead, item_id=about_staff.triage_item_id, decision="link", case_id=case.pk)

    lines = open_case_page(psychologist, case.pk).chronology.lines

    assert [line.title for line in lines] == ["Case opened"]
    assert (
        str(about_staff.triage_item_id)
        not in signed_in(psychologist).get(reverse("cases:detail", args=[case.pk])).content.decode()
    )


def test_a_new_report_about_the_pupil_can_be_linked_to_the_case_nobody_shows(
    about_staff: Incident, psychologist: Actor, lead: Actor, child: Pupil, school: School
) -> None:
    """Else the psychologist could neither open a second case nor link."""
    case = decide(lead, item_id=about_staff.triage_item_id, decision="open_case").case
    assert case is not None
    quarrel = reported(teacher_at(school), harmed(child), category=Category.CONFLICT)

    linked = decide(psychologist, item_id=quarrel.triage_item_id, decision="link", case_id=case.pk)

    assert linked.case == case


def test_why_an_item_was_linked_stands_with_it_in_the_case(psychologist: Actor, child: Pupil, school: School) -> None:
    case = open_case(psychologist, pupil_id=child.pk, reason="Раньше")
    quarrel = reported(teacher_at(school), harmed(child), category=Category.CONFLICT)
    decide(psychologist, item_id=quarrel.triage_item_id, decision="link", case_id=case.pk, reason="Те же ребята")

    assert "Те же ребята" in signed_in(psychologist).get(reverse("triage:case-items", args=[case.pk])).content.decode()
