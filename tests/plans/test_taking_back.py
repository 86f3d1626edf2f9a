"""A goal that was ended by mistake is open again."""

import pytest
from django.urls import reverse

from caseflow.cases.enums import RiskLevel
from caseflow.cases.models import Case
from caseflow.cases.services import close_case, complete_task, set_risk
from caseflow.directory.actors import Actor
from caseflow.plans.enums import GoalState
from caseflow.plans.models import Goal
from caseflow.plans.services import end_goal
from caseflow.undo.rules import TooLateError
from tests.cases.factories import case_of, psychologist
from tests.directory.factories import signed_in
from tests.plans.factories import goal_of, measure_of
from tests.undo.factories import undone

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


def ended(who: Actor, goal: Goal) -> Goal:
    return end_goal(who, goal.case_id, goal.pk, state=GoalState.REACHED, reason="Две недели без пропусков")


def test_it_is_open_again_and_the_chronology_says_both(who: Actor, case: Case) -> None:
    goal = ended(who, goal_of(case, who))
    assert undone(who, "goal_ended", goal.pk, at=goal.ended_at) == reverse("plans:case", args=[case.pk])
    goal.refresh_from_db()
    assert (goal.state, goal.ended_at, goal.ended_by, goal.reason_sealed) == (GoalState.OPEN, None, None, b"")
    codes = case.entries.filter(ref__startswith="support:").order_by("recorded_at").values_list("code", flat=True)
    assert list(codes)[-2:] == ["goal_reached", "goal_restored"]


def test_not_in_a_case_that_is_closed_by_now(who: Actor, case: Case) -> None:
    goal = ended(who, goal_of(case, who))
    set_risk(who, case.pk, level=RiskLevel.LOW, basis="Беседа")
    close_case(who, case.pk, reason="Больше не нужно")
    with pytest.raises(TooLateError):
        undone(who, "goal_ended", goal.pk, at=goal.ended_at)


def test_a_measure_stays_completed_once_its_goal_was_weighed_by_it(who: Actor, case: Case) -> None:
    goal = goal_of(case, who)
    task = complete_task(who, measure_of(goal, who).task_id, outcome="Приходит вовремя")
    ended(who, goal)
    with pytest.raises(TooLateError):
        undone(who, "task_done", task.pk, at=task.done_at)


def test_the_page_offers_it(who: Actor, case: Case) -> None:
    address = reverse("plans:end-goal", args=[case.pk, goal_of(case, who).pk])
    page = signed_in(who).post(address, {"state": "reached", "reason": "Ходит"}, follow=True).content.decode()
    assert "The goal has ended." in page
    assert "data-undo-offer" in page
