"""Who is kept from a report because it is their own affair (rule 10b)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from caseflow.clocks.services import sweep
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.incidents.enums import Category
from caseflow.incidents.selectors.scope import scoped_incidents
from caseflow.incidents.services import open_incident
from caseflow.incidents.services.merging import merge_reports
from notifications.models import Alert
from tests.directory.factories import SchoolFactory, actor, signed_in
from tests.incidents.factories import accused, harmed, officer_for, reported, teacher_at
from tests.triage.factories import make_parent, pupil_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


def test_an_officer_is_neither_told_of_the_own_child_nor_reads_the_report(school: School) -> None:
    child = pupil_at(school)
    officer, colleague = officer_for(school), officer_for(school)
    make_parent(officer, child)

    incident = reported(teacher_at(school), harmed(child), category=Category.DOMESTIC_VIOLENCE)

    told = set(Alert.objects.values_list("recipient", flat=True))
    assert officer.user.pk not in told
    assert colleague.user.pk in told
    address = reverse("incidents:legal-incident", args=[incident.pk])
    assert signed_in(officer).get(address).status_code == 404
    assert signed_in(colleague).get(address).status_code == 200


def test_a_report_that_accuses_an_employee_never_stays_at_the_school(school: School) -> None:
    """Whatever the program that sends it says about it."""
    psychologist, principal = (actor(role, school=school) for role in (Role.PSYCHOLOGIST, Role.PRINCIPAL))
    report = {
        "category": "violence",
        "occurred_at": (timezone.now() - timedelta(hours=1)).isoformat(),
        "place": "класс",
        "words": "Учитель ударил линейкой",
        "parties": [{"role": "said_to_have_harmed", "employee": teacher_at(school).user.pk}],
    }

    sent = signed_in(teacher_at(school)).post("/api/v1/incidents/", report, content_type="application/json")

    assert sent.status_code == 201
    assert not scoped_incidents(psychologist).exists()
    assert not scoped_incidents(principal).exists()
    assert scoped_incidents(actor(Role.LEAD_PSYCHOLOGIST, district=school.district)).count() == 1


def test_repeats_count_the_reports_one_may_read(school: School) -> None:
    child, other, teacher = pupil_at(school), pupil_at(school), teacher_at(school)
    reported(teacher, harmed(child), accused(other), about_staff=True)
    incident = reported(teacher, harmed(child), accused(other))

    (repeat,) = open_incident(actor(Role.PSYCHOLOGIST, school=school), incident.pk).repeats

    assert repeat.reports == 1


def test_a_lead_hears_of_no_overdue_clock_of_the_own_child(school: School) -> None:
    actor(Role.PSYCHOLOGIST, school=school)
    mother, colleague = (actor(Role.LEAD_PSYCHOLOGIST, district=school.district) for _ in range(2))
    child = pupil_at(school)
    make_parent(mother, child)
    reported(teacher_at(school), harmed(child), category=Category.DOMESTIC_VIOLENCE)

    sweep(timezone.now() + timedelta(days=30))

    told = set(Alert.objects.values_list("recipient", flat=True))
    assert mother.user.pk not in told
    assert colleague.user.pk in told


def test_a_lead_reads_the_report_of_a_school_that_lost_its_psychologist(school: School) -> None:
    psychologist = actor(Role.PSYCHOLOGIST, school=school)
    lead = actor(Role.LEAD_PSYCHOLOGIST, district=school.district)
    incident = reported(teacher_at(school), harmed(pupil_at(school)))
    address = reverse("incidents:detail", args=[incident.pk])
    assert signed_in(lead).get(address).status_code == 404

    psychologist.membership.ends_on = timezone.localdate() - timedelta(days=1)
    psychologist.membership.save()

    assert signed_in(lead).get(address).status_code == 200


def test_a_report_that_went_into_one_about_the_own_child_is_kept_from_the_parent_too(school: School) -> None:
    mother, colleague = (actor(Role.PSYCHOLOGIST, school=school) for _ in range(2))
    child = pupil_at(school)
    make_parent(mother, child)
    about_others = reported(teacher_at(school), harmed(pupil_at(school)), category=Category.CONFLICT)
    about_the_child = reported(teacher_at(school), harmed(child), category=Category.CONFLICT)
    assert scoped_incidents(mother).get() == about_others

    merge_reports(colleague, about_others.pk, into_id=about_the_child.pk)

    assert not scoped_incidents(mother).exists()
    assert scoped_incidents(colleague).count() == 2
