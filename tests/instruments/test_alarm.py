"""A positive answer about suicide acts at the moment it is saved, whether or not anybody ever finishes (fact 4)."""

from typing import Any

import pytest

from caseflow.audit.models import AuditEntry
from caseflow.cases.enums import RiskLevel
from caseflow.cases.models import Case
from caseflow.cases.services import assign_case, set_risk
from caseflow.cases.wordings import sentence
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.instruments.enums import Alarm
from caseflow.instruments.services import open_code, open_result, respond, save_answers
from caseflow.instruments.services.responding import Step
from caseflow.protocols.models import Flow
from notifications.enums import AlertKind, Urgency, urgency_of
from notifications.models import Alert
from tests.cases.factories import case_of, psychologist
from tests.instruments.factories import flows_of, given, on_screen

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


POSITIVE: list[tuple[str, dict[str, int | None], Alarm]] = [
    ("asq", {"1": 1}, Alarm.POSITIVE),
    ("asq", {"4": None}, Alarm.POSITIVE),
    ("asq", {"2": 1, "5": 1}, Alarm.ACUTE),
    ("c-ssrs", {"1": 1}, Alarm.POSITIVE),
    ("c-ssrs", {"2": 1, "4": 1}, Alarm.HIGH),
    ("phq-a", {"9": 1}, Alarm.POSITIVE),
    ("phq-a", {"month": 1}, Alarm.POSITIVE),
    ("phq-a", {"lifetime": 1}, Alarm.POSITIVE),
]


@pytest.mark.parametrize(("instrument", "answers", "alarm"), POSITIVE)
def test_the_high_risk_flow_begins_with_the_answer(
    who: Actor, case: Case, instrument: str, answers: dict[str, Any], alarm: Alarm
) -> None:
    one = on_screen(who, case, instrument)
    save_answers(who, one.pk, answers)
    one.refresh_from_db()
    assert one.alarm == alarm
    assert one.alarmed_at is not None
    assert one.is_open
    assert flows_of(case) == [f"instrument:{one.pk}"]
    line = case.entries.get(code="questionnaire_alarm")
    assert line.params["pressing"] == alarm
    assert sentence(line.kind, line.code, line.params).startswith("An answer needs a person at once: ")
    entry = AuditEntry.objects.get(action="instrument_alarm")
    assert (entry.actor_id, entry.detail) == (who.user.pk, {"pressing": alarm.value})


@pytest.mark.parametrize(
    ("instrument", "answers"),
    [
        ("asq", {"1": 0, "2": 0, "3": 0, "4": 0}),
        ("c-ssrs", {"1": 0, "2": 0, "6": 0}),
        ("phq-a", {"1": 3, "2": 3, "3": 3, "4": 3, "9": 0, "year": 1, "month": None}),
        ("gad-7", {"1": 3, "7": 3}),
    ],
)
def test_no_other_answer_begins_it(who: Actor, case: Case, instrument: str, answers: dict[str, Any]) -> None:
    one = on_screen(who, case, instrument)
    save_answers(who, one.pk, answers)
    one.refresh_from_db()
    assert (one.alarm, one.alarmed_at, flows_of(case)) == ("", None, [])
    assert not Alert.objects.filter(kind=AlertKind.QUESTIONNAIRE_ALARM).exists()


def test_a_pupil_who_stops_after_the_answer_is_not_left_alone(who: Actor, case: Case) -> None:
    told = given(who, case, "asq")
    shown = open_code(told.code, address="192.0.2.1")
    respond(shown.carried, Step("answer", "1", 1))
    one = told.administration
    one.refresh_from_db()
    assert (one.alarm, one.is_open, flows_of(case)) == (Alarm.POSITIVE, True, [f"instrument:{one.pk}"])
    assert case.entries.get(code="questionnaire_alarm").author is None
    assert Alert.objects.get(kind=AlertKind.HIGH_RISK).recipient_id == who.user.pk


def test_where_the_flow_runs_already_the_answer_is_told_of_all_the_same(who: Actor, case: Case) -> None:
    set_risk(who, case.pk, level=RiskLevel.HIGH, basis="Беседа", formulation="Травля, дома слышат")
    told = given(who, case, "asq")
    shown = open_code(told.code, address="192.0.2.1")
    respond(shown.carried, Step("answer", "1", 1))
    assert (len(Flow.objects.filter(case=case)), flows_of(case)) == (1, [])
    alert = Alert.objects.get(kind=AlertKind.QUESTIONNAIRE_ALARM)
    assert (alert.recipient_id, alert.url) == (who.user.pk, f"/cases/questionnaires/{told.administration.pk}/")
    assert set(alert.params) == {"number", "school"}
    assert urgency_of(alert.kind) == Urgency.URGENT


def test_a_graver_answer_of_the_same_pupil_reaches_the_second_person(who: Actor, case: Case) -> None:
    """Question 1 of the ASQ is answered, and only then the fifth: right now."""
    colleague = psychologist(case.school)
    told = given(who, case, "asq")
    shown = open_code(told.code, address="192.0.2.1")
    shown = respond(shown.carried, Step("answer", "1", 1))
    one = told.administration
    one.refresh_from_db()
    first = one.alarmed_at
    assert first is not None
    assert not Alert.objects.filter(kind=AlertKind.QUESTIONNAIRE_ALARM).exists()
    for question in ("2", "3", "4"):
        shown = respond(shown.carried, Step("answer", question, 0))
    respond(shown.carried, Step("answer", "5", 1))
    one.refresh_from_db()
    assert (one.alarm, one.alarmed_at is not None and one.alarmed_at > first) == (Alarm.ACUTE, True)
    alerts = Alert.objects.filter(kind=AlertKind.QUESTIONNAIRE_ALARM)
    assert {alert.recipient_id for alert in alerts} == {who.user.pk, colleague.user.pk}
    assert {alert.url for alert in alerts} == {f"/cases/questionnaires/{one.pk}/"}
    assert Flow.objects.get(case=case).is_acute


def test_whoever_leads_the_case_by_then_is_told(who: Actor, case: Case) -> None:
    told = given(who, case, "asq")
    colleague = psychologist(case.school)
    assign_case(who, case.pk, colleague.user.pk, role=Role.PSYCHOLOGIST)
    shown = open_code(told.code, address="192.0.2.1")
    respond(shown.carried, Step("answer", "1", 1))
    assert Alert.objects.get(kind=AlertKind.HIGH_RISK).recipient_id == colleague.user.pk


def test_it_begins_once_for_a_questionnaire_and_a_graver_answer_is_told_again(who: Actor, case: Case) -> None:
    one = on_screen(who, case, "asq")
    save_answers(who, one.pk, {"1": 1})
    save_answers(who, one.pk, {"2": 1})
    assert case.entries.filter(code="questionnaire_alarm").count() == 1
    save_answers(who, one.pk, {"5": 1})
    save_answers(who, one.pk, {"3": 1})
    one.refresh_from_db()
    assert one.alarm == Alarm.ACUTE
    assert flows_of(case) == [f"instrument:{one.pk}"]
    assert [
        line.params["pressing"] for line in case.entries.filter(code="questionnaire_alarm").order_by("event_at")
    ] == [
        "positive",
        "acute",
    ]


def test_an_answer_that_is_taken_back_leaves_the_alarm_standing(who: Actor, case: Case) -> None:
    one = on_screen(who, case, "asq")
    save_answers(who, one.pk, {"1": 1})
    save_answers(who, one.pk, {"1": 0, "2": 0, "3": 0, "4": 0}, ends=True)
    result = open_result(who, one.pk)
    assert result.listed.score is not None
    assert (result.listed.score.band, result.administration.alarm) == ("negative", Alarm.POSITIVE)
    assert len(flows_of(case)) == 1
