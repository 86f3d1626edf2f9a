"""Holding, undoing and looking around the queue by the API."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.cases.enums import RiskLevel
from caseflow.cases.services import set_risk
from caseflow.clocks.models import Clock
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.triage.enums import ItemState
from caseflow.triage.models import TriageItem
from caseflow.triage.services import decide
from caseflow.undo.rules import UNDO_WITHIN
from tests.api.asking import get, post
from tests.cases.factories import case_of, lead_over, task_for
from tests.directory.factories import SchoolFactory, actor
from tests.triage.factories import WORDS, item_at, pupil_at

pytestmark = pytest.mark.django_db
REASON: Any = {"decision": "dismiss", "reason_code": "already_handled", "reason": "Разобрано вчера"}


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def who(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


@pytest.fixture
def colleague(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


@pytest.fixture
def item(school: School) -> TriageItem:
    return item_at(school, pupil_at(school))


def test_who_holds_an_item_is_named_to_the_second_until_it_is_let_go(
    who: Actor, colleague: Actor, item: TriageItem
) -> None:
    assert post(who, "triage-item-claim", item.pk).json()["id"] == str(item.pk)
    held = post(colleague, "triage-item-claim", item.pk)
    assert (held.status_code, held.json()["by"]) == (409, who.user.short_name)
    assert post(colleague, "triage-item-release", item.pk).status_code == 204
    assert post(colleague, "triage-item-claim", item.pk).status_code == 409
    assert post(who, "triage-item-release", item.pk).status_code == 204
    assert post(colleague, "triage-item-claim", item.pk).status_code == 200


def test_a_decided_item_cannot_be_held(who: Actor, colleague: Actor, item: TriageItem) -> None:
    decide(colleague, item_id=item.pk, **REASON)
    lost = post(who, "triage-item-claim", item.pk)
    assert (lost.status_code, lost.json()["by"]) == (409, colleague.user.short_name)


def test_the_own_decision_is_taken_back_at_once_and_not_later(who: Actor, colleague: Actor, item: TriageItem) -> None:
    decide(who, item_id=item.pk, **REASON)
    assert post(colleague, "triage-item-undo", item.pk).status_code == 409
    undone = post(who, "triage-item-undo", item.pk)
    assert (undone.status_code, undone.json()["state"]) == (200, ItemState.NEW)
    decide(who, item_id=item.pk, **REASON)
    TriageItem.objects.update(decided_at=timezone.now() - UNDO_WITHIN - timedelta(seconds=1))
    late = post(who, "triage-item-undo", item.pk)
    assert late.status_code == 409
    assert late.json()["detail"].startswith("The decision stands")


def test_an_opened_item_offers_the_cases_it_can_be_linked_to(who: Actor, item: TriageItem) -> None:
    other = case_of(who)
    found = get(who, "triage-item-detail", item.pk).json()
    assert (found["words"], found["own_case"], found["must_wait"]) == (WORDS, None, False)
    assert [(row["id"], row["number"]) for row in found["cases"]] == [(str(other.pk), other.number)]
    own = case_of(who, item.pupil)
    found = get(who, "triage-item-detail", item.pk).json()
    assert (found["own_case"], found["cases"]) == (str(own.pk), [])


def test_pupils_are_offered_from_three_letters(who: Actor, school: School) -> None:
    pupil, item = pupil_at(school, last_name="Сериков"), item_at(school)
    assert get(who, "triage-item-pupils", item.pk, q="Се").json() == []
    found = get(who, "triage-item-pupils", item.pk, q="Сер").json()
    assert [(row["id"], row["school_class"]) for row in found] == [(str(pupil.pk), str(pupil.school_class))]


def test_what_was_linked_to_a_case_is_read_with_the_reason_and_logged(who: Actor, item: TriageItem) -> None:
    case = case_of(who, item.pupil)
    decide(who, item_id=item.pk, decision="link", case_id=case.pk, reason="Тот же случай")
    (row,) = get(who, "case-item-detail", case.pk).json()
    assert (row["id"], row["reason"]) == (str(item.pk), "Тот же случай")
    assert AuditEntry.objects.filter(action="read", obj=f"triage:{item.pk}").count() == 1
    stranger = actor(Role.PSYCHOLOGIST, school=SchoolFactory.create())
    assert get(stranger, "case-item-detail", case.pk).status_code == 404


def test_the_day_counts_the_own_cases_by_risk_and_holds_the_own_tasks(who: Actor, school: School) -> None:
    case = case_of(who)
    case_of(who)
    set_risk(who, case.pk, level=RiskLevel.HIGH, basis="Беседа", formulation="Травля, дома слышат")
    task = task_for(case, who)
    day = get(who, "day-list").json()
    assert day["cases"] == [{"risk": "high", "cases": 1}, {"risk": None, "cases": 1}]
    assert (day["case_count"], day["overdue_count"]) == (2, 0)
    assert [row["id"] for row in day["coming"]] == [str(task.pk)]


def test_a_lead_learns_where_items_wait_too_long(school: School, item: TriageItem, who: Actor) -> None:
    long_ago = timezone.now() - timedelta(days=2)
    Clock.objects.filter(pk=item.psych_clock_id).update(
        started_at=long_ago, warn_at=long_ago, due_at=long_ago + timedelta(days=1)
    )
    assert get(lead_over(school), "day-list").json()["schools"] == [{"school": school.name, "overdue": 1}]
    assert get(who, "day-list").json()["schools"] == []
