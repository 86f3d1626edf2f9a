from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caseflow.audit.models import AuditEntry
from caseflow.cases.enums import RiskLevel
from caseflow.cases.models import Case, ChronologyEntry
from caseflow.cases.services import set_risk
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from tests.cases.factories import case_of, class_teacher_of, lead_over, note_in, psychologist, pupil_of, task_for
from tests.directory.factories import actor, signed_in

pytestmark = pytest.mark.django_db


def get(who: Actor, name: str, *args: Any, **query: str) -> Any:
    return signed_in(who).get(reverse(f"api:{name}", args=args), query)


def post(who: Actor, name: str, *args: Any, **body: Any) -> Any:
    return signed_in(who).post(reverse(f"api:{name}", args=args), body, content_type="application/json")


def test_the_list_holds_the_cases_in_reach_and_takes_the_filters_of_the_page() -> None:
    who = psychologist()
    first, second = case_of(who), case_of(who)
    case_of(psychologist())
    set_risk(who, first.pk, level=RiskLevel.HIGH, basis="Беседа", formulation="Травля, дома слышат")
    assert [row["id"] for row in get(who, "case-list").json()["results"]] == [str(second.pk), str(first.pk)]
    assert [row["number"] for row in get(who, "case-list", risk="high").json()["results"]] == [1]
    assert get(who, "case-list", risk="worst").status_code == 400


def test_one_case_comes_with_chronology_and_tasks_and_is_logged() -> None:
    who = psychologist()
    case = case_of(who)
    note = note_in(case, who, "Плохо спит")
    task = task_for(case, who, title="Побеседовать")
    set_risk(who, case.pk, level=RiskLevel.LOW, basis="Беседа")
    body = get(who, "case-detail", case.pk).json()
    assert body["case"]["risk"] == body["risk_assessment"]["level"] == "low"
    assert [(row["id"], row["case"], row["title"]) for row in body["tasks"]] == [
        (str(task.pk), str(case.pk), "Побеседовать")
    ]
    assert {"text": "Плохо спит", "hidden": False}.items() <= next(
        line for line in body["chronology"] if line["id"] == str(note.pk)
    ).items()
    assert AuditEntry.objects.get(action="case_read").detail == {"notes": [str(note.pk)]}


def test_a_confidential_note_is_hidden_from_a_colleague() -> None:
    who = psychologist()
    case = case_of(who)
    note_in(case, who, "Плохо спит")
    answer = get(psychologist(case.school), "case-detail", case.pk)
    assert "Плохо спит" not in answer.content.decode()
    assert answer.json()["chronology"][0]["hidden"] is True


def test_a_case_is_opened_noted_assessed_closed_and_reopened() -> None:
    who = psychologist()
    opened = post(who, "case-list", pupil=str(pupil_of(who).pk), reason="Просьба мамы")
    assert (opened.status_code, opened.json()["number"]) == (201, 1)
    key = opened.json()["id"]
    assert post(who, "case-note", key, text="Плохо спит").status_code == 201
    assert ChronologyEntry.objects.get(kind="note").visibility == "me_and_lead"
    assessed = post(who, "case-risk", key, level="moderate", basis="Беседа")
    assert (assessed.status_code, assessed.json()["level"]) == (201, "moderate")
    assert post(who, "case-close", key, reason="Пора").json()["stage"] == "closed"
    assert post(who, "case-reopen", key, reason="Новый сигнал").json()["stage"] == "reopened"


def test_what_the_state_forbids_is_a_conflict_with_the_reason() -> None:
    who = psychologist()
    case = case_of(who)
    set_risk(who, case.pk, level=RiskLevel.HIGH, basis="Беседа", formulation="Травля, дома слышат")
    answer = post(who, "case-close", case.pk, reason="Пора")
    assert answer.status_code == 409
    assert answer.json()["detail"].startswith("Of what high risk requires, this is missing")
    again = post(who, "case-list", pupil=str(case.pupil_id), reason="Ещё раз")
    assert (again.status_code, Case.objects.count()) == (409, 1)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("case-note", {"text": ""}),
        ("case-note", {"text": "x", "visibility": "everybody"}),
        ("case-risk", {"level": "high"}),
        ("case-risk", {"level": "worst", "basis": "Беседа"}),
        ("case-close", {}),
    ],
)
def test_a_wrong_body_is_refused_and_changes_nothing(name: str, body: dict[str, str]) -> None:
    who = psychologist()
    case = case_of(who)
    assert post(who, name, case.pk, **body).status_code == 400
    case.refresh_from_db()
    assert (case.entries.count(), case.risk, case.is_open) == (1, None, True)


def test_the_case_of_another_school_is_not_there_and_the_attempt_is_logged() -> None:
    case = case_of(psychologist())
    stranger = psychologist()
    assert get(stranger, "case-detail", case.pk).status_code == 404
    assert post(stranger, "case-note", case.pk, text="Чужое").status_code == 404
    assert post(lead_over(case.school), "case-close", case.pk, reason="Пора").status_code == 404
    assert post(stranger, "case-list", pupil=str(case.pupil_id), reason="Чужой").status_code == 404
    assert AuditEntry.objects.filter(action="denied").count() == 4


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST}))
def test_no_other_role_asks_for_cases(role: Role) -> None:
    case = case_of(psychologist())
    other = actor(role, school=case.school)
    assert get(other, "case-list").status_code == get(other, "case-detail", case.pk).status_code == 403


def test_visitors_get_nothing() -> None:
    assert Client().get(reverse("api:case-list")).status_code == 403


def test_a_class_teacher_gets_the_task_without_the_case() -> None:
    who = psychologist()
    case = case_of(who)
    teacher = class_teacher_of(case.pupil)
    task = task_for(case, who, teacher, "Будьте внимательны")
    body = get(teacher, "task-list").json()["results"]
    assert [(row["title"], row["case"]) for row in body] == [("Будьте внимательны", None)]
    done = post(teacher, "task-complete", task.pk, outcome="Держится с подругой")
    assert (done.status_code, done.json()["outcome"]) == (200, "Держится с подругой")
    assert post(teacher, "task-complete", task.pk, outcome="Снова").status_code == 409
    assert str(case.pk) not in get(teacher, "task-detail", task.pk).content.decode()


def test_the_task_of_somebody_else_is_not_there() -> None:
    who = psychologist()
    case = case_of(who)
    task = task_for(case, who, class_teacher_of(case.pupil))
    pedagogue = actor(Role.SOCIAL_PEDAGOGUE, school=case.school)
    assert get(pedagogue, "task-list").json()["results"] == []
    assert get(pedagogue, "task-detail", task.pk).status_code == 404


@pytest.mark.parametrize("name", ["case-list", "task-list"])
def test_lists_ask_the_database_as_often_for_thirty_rows_as_for_one(name: str) -> None:
    counts = []
    for number in (1, 30):
        who = psychologist()
        for _ in range(number):
            task_for(case_of(who), who)
        client = signed_in(who)
        with CaptureQueriesContext(connection) as asked:
            assert len(client.get(reverse(f"api:{name}")).json()["results"]) == number
        counts.append(len(asked))
    assert counts[0] == counts[1]
