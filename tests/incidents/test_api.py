from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.incidents.models import Incident
from caseflow.incidents.rules import READERS, REPORTERS
from tests.api.asking import get, post
from tests.directory.factories import SchoolFactory, actor, signed_in
from tests.incidents.anonymous_factories import LATER, anonymous_report, written
from tests.incidents.factories import PLACE, WORDS, harmed, reported, teacher_at
from tests.triage.factories import pupil_at

pytestmark = pytest.mark.django_db
URL = "/api/v1/incidents/"


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


@pytest.fixture
def teacher(school: School, psychologist: Actor) -> Actor:
    return teacher_at(school)


def body(**more: Any) -> dict[str, Any]:
    at = (timezone.now() - timedelta(hours=1)).isoformat()
    return {"category": "violence", "occurred_at": at, "place": PLACE, "words": WORDS} | more


def test_the_list_and_one_report(school: School, teacher: Actor, psychologist: Actor) -> None:
    incident = reported(teacher, harmed(pupil_at(school)))
    client = signed_in(psychologist)
    rows = client.get(URL).json()["results"]
    assert [(row["id"], row["state"], row["ai_generated"]) for row in rows] == [(str(incident.pk), "received", False)]
    one = client.get(f"{URL}{incident.pk}/").json()
    assert (one["words"], one["place"], one["parties"][0]["role"]) == (WORDS, PLACE, "harmed")


def test_the_administrator_gets_no_words(school: School, teacher: Actor) -> None:
    incident = reported(teacher)
    assert signed_in(actor(Role.SCHOOL_ADMIN, school=school)).get(f"{URL}{incident.pk}/").json()["words"] is None


def test_a_report_is_sent(school: School, teacher: Actor) -> None:
    pupil = pupil_at(school)
    answer = signed_in(teacher).post(
        URL, body(parties=[{"role": "harmed", "pupil": str(pupil.pk)}]), content_type="application/json"
    )
    assert (answer.status_code, answer.json()["number"]) == (201, 1)
    assert Incident.objects.get().triage_item.pupil == pupil


@pytest.mark.parametrize(
    "wrong",
    [
        {"category": "fun"},
        {"occurred_at": "2999-01-01T00:00:00Z"},
        {"parties": [{"role": "harmed", "pupil": str(uuid4())}]},
        {"parties": [{"role": "harmed", "pupil": str(uuid4()), "employee": 1}]},
        {"words": ""},
    ],
)
def test_a_wrong_report_is_400_and_nothing_is_kept(teacher: Actor, wrong: dict[str, Any]) -> None:
    answer = signed_in(teacher).post(URL, body(**wrong), content_type="application/json")
    assert answer.status_code == 400
    assert not Incident.objects.exists()


@pytest.mark.parametrize("role", list(Role))
def test_roles(school: School, teacher: Actor, role: Role) -> None:
    client = signed_in(actor(role, school=school))
    assert client.get(URL).status_code == (200 if role in READERS else 403)
    assert client.post(URL, {}, content_type="application/json").status_code == (400 if role in REPORTERS else 403)


def test_another_schools_report_is_not_there(teacher: Actor) -> None:
    incident = reported(teacher)
    stranger = signed_in(actor(Role.PSYCHOLOGIST, school=SchoolFactory.create()))
    assert stranger.get(f"{URL}{incident.pk}/").status_code == 404
    assert stranger.get(URL).json()["results"] == []


def test_a_report_without_a_name_shows_its_talk_and_is_answered(school: School, psychologist: Actor) -> None:
    incident = anonymous_report(school, danger=True)
    written(incident)
    assert post(psychologist, "incident-answer", incident.pk, text="Я на месте").status_code == 204
    detail = get(psychologist, "incident-detail", incident.pk).json()
    assert [(line["by_role"], line["text"]) for line in detail["talk"]["lines"]] == [
        ("", LATER),
        ("psychologist", "Я на месте"),
    ]
    facts = detail["incident"]
    assert (facts["anonymous"], facts["in_danger"], facts["occurred_at"]) == (True, True, None)
    principal = actor(Role.PRINCIPAL, school=school)
    assert get(principal, "incident-detail", incident.pk).json()["talk"] is None


def test_a_report_by_name_has_no_talk_and_is_not_answered(teacher: Actor, psychologist: Actor) -> None:
    incident = reported(teacher)
    facts = get(psychologist, "incident-detail", incident.pk).json()
    assert (facts["talk"], facts["incident"]["anonymous"], facts["incident"]["in_danger"]) == (None, False, False)
    assert post(psychologist, "incident-answer", incident.pk, text="Кто там?").status_code == 404
    assert post(psychologist, "incident-answer", incident.pk, text="").status_code == 400
