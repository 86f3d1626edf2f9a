"""Own reports, the legal assessment, the police and what was established, by the API."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.directory.actors import Actor
from caseflow.directory.enums import AgencyKind, Role
from caseflow.directory.models import Pupil, School
from caseflow.incidents.enums import Category
from caseflow.incidents.models import Incident, LegalAssessment
from tests.api.asking import get, post, rows
from tests.directory.factories import SchoolFactory, actor
from tests.incidents.factories import WORDS, accused, harmed, officer_for, reported, teacher_at
from tests.triage.factories import pupil_at

pytestmark = pytest.mark.django_db
ASSESSED = {"conclusion": "prevention", "text": "Состава нет"}


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def teacher(school: School) -> Actor:
    return teacher_at(school)


@pytest.fixture
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


@pytest.fixture
def child(school: School) -> Pupil:
    return pupil_at(school, last_name="Сериков")


@pytest.fixture
def incident(school: School, teacher: Actor, psychologist: Actor, child: Pupil) -> Incident:
    return reported(teacher, harmed(child), accused(pupil_at(school)))


def test_a_reporter_follows_the_own_reports_and_learns_nothing_else(
    school: School, teacher: Actor, psychologist: Actor, incident: Incident
) -> None:
    reported(teacher_at(school))
    answer = get(teacher, "own-report-list")
    (row,) = answer.json()["results"]
    assert (row["id"], row["state"]) == (str(incident.pk), "received")
    assert set(row) == {"id", "number", "category", "created_at", "state"}
    assert WORDS not in answer.content.decode()
    receipt = get(teacher, "own-report-detail", incident.pk).json()
    assert (receipt["by_lead"], receipt["readers"]) == (False, [psychologist.user.short_name])
    assert get(teacher_at(school), "own-report-detail", incident.pk).status_code == 404


def test_pupils_are_found_for_a_report_from_three_letters(teacher: Actor, child: Pupil) -> None:
    assert get(teacher, "incident-pupils", q="Се").json() == []
    assert [row["id"] for row in get(teacher, "incident-pupils", q="Сери").json()] == [str(child.pk)]


def test_the_report_behind_an_item(psychologist: Actor, incident: Incident) -> None:
    assert get(psychologist, "incident-of-item", incident.triage_item_id).json() == {"incident": str(incident.pk)}
    stranger = actor(Role.PSYCHOLOGIST, school=SchoolFactory.create())
    assert get(stranger, "incident-of-item", incident.triage_item_id).status_code == 404


def test_an_officer_reads_and_assesses_what_is_addressed_to_the_agency_once(
    school: School, incident: Incident, child: Pupil
) -> None:
    officer = officer_for(school)
    assert [row["id"] for row in rows(officer, "legal-request-list")] == [str(incident.pk)]
    found = get(officer, "legal-request-detail", incident.pk).json()
    assert found["words"] == WORDS
    assert [party["who"].startswith(child.full_name) for party in found["parties"]] == [True, False]
    assert AuditEntry.objects.filter(action="read", obj=f"incident:{incident.pk}").count() == 1
    assert post(officer, "legal-request-assess", incident.pk, **ASSESSED).status_code == 204
    again = post(officer_for(school), "legal-request-assess", incident.pk, **ASSESSED)
    assert (again.status_code, LegalAssessment.objects.count()) == (409, 1)
    assert rows(officer, "legal-request-list") == []
    (done,) = rows(officer, "legal-request-list", done=True)
    assert done["conclusion"] == "prevention"


@pytest.mark.parametrize("kind", [AgencyKind.HEALTH, AgencyKind.EDUCATION])
def test_another_agency_has_no_requests(school: School, incident: Incident, kind: AgencyKind) -> None:
    officer = officer_for(school, kind)
    assert rows(officer, "legal-request-list") == []
    assert get(officer, "legal-request-detail", incident.pk).status_code == 404
    assert post(officer, "legal-request-assess", incident.pk, **ASSESSED).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"), [({"conclusion": "guilty", "text": "…"}, "conclusion"), ({"conclusion": "prevention"}, "text")]
)
def test_a_wrong_assessment_is_refused_at_its_field(
    school: School, incident: Incident, body: dict[str, Any], field: str
) -> None:
    answer = post(officer_for(school), "legal-request-assess", incident.pk, **body)
    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert not LegalAssessment.objects.exists()


def test_the_psychologist_reads_the_assessment_and_the_principal_does_not(
    school: School, incident: Incident, psychologist: Actor
) -> None:
    post(officer_for(school), "legal-request-assess", incident.pk, **ASSESSED)
    found = get(psychologist, "incident-detail", incident.pk).json()
    assert (found["legal_conclusion"], found["legal_text"]) == ("prevention", "Состава нет")
    found = get(actor(Role.PRINCIPAL, school=school), "incident-detail", incident.pk).json()
    assert (found["legal_conclusion"], found["legal_text"]) == (None, "")


def test_the_first_to_say_that_the_police_were_told_counts(psychologist: Actor, incident: Incident) -> None:
    at = timezone.now() - timedelta(minutes=10)
    told = post(psychologist, "incident-police", incident.pk, at=at.isoformat())
    assert told.status_code == 200
    incident.refresh_from_db()
    assert incident.police_informed_at == at
    again = post(psychologist, "incident-police", incident.pk, at=timezone.now().isoformat())
    assert (again.status_code, list(again.json())) == (409, ["detail"])


def test_the_police_cannot_have_been_told_in_the_future_nor_before_it_happened(
    psychologist: Actor, incident: Incident
) -> None:
    ahead = post(psychologist, "incident-police", incident.pk, at=(timezone.now() + timedelta(hours=1)).isoformat())
    assert (ahead.status_code, ahead.json()) == (400, {"at": ["The time lies in the future"]})
    before = post(psychologist, "incident-police", incident.pk, at=(timezone.now() - timedelta(days=1)).isoformat())
    assert (before.status_code, before.json()) == (400, ["The time must lie between the incident and now"])


def test_what_was_established_can_be_said_and_changed(psychologist: Actor, incident: Incident) -> None:
    party = incident.parties.get(role="said_to_have_harmed")
    for established in (True, False):
        said = post(psychologist, "incident-established", incident.pk, party=str(party.pk), established=established)
        assert (said.status_code, said.json()["established"]) == (200, established)
    victim = incident.parties.get(role="harmed")
    wrong = post(psychologist, "incident-established", incident.pk, party=str(victim.pk), established=True)
    assert wrong.status_code == 404


def test_repeats_between_the_same_two_are_counted(
    school: School, teacher: Actor, psychologist: Actor, child: Pupil
) -> None:
    said = pupil_at(school)
    first = reported(teacher, harmed(child), accused(said), category=Category.CONFLICT)
    reported(teacher, harmed(child), accused(said), category=Category.CONFLICT)
    (repeat,) = get(psychologist, "incident-detail", first.pk).json()["repeats"]
    assert repeat == {"said": str(said.pk), "harmed": str(child.pk), "reports": 2}
