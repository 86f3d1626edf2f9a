"""Support plans: what is to be reached, by whom and until when (rule 14)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.cases.enums import EntryKind
from caseflow.cases.rules import CaseRefused
from caseflow.cases.services import add_system_entry, add_task
from caseflow.cases.services.locking import hold_open_case, log, said_why
from caseflow.directory.actors import Actor
from caseflow.plans.enums import GoalState
from caseflow.plans.models import Goal, Measure
from caseflow.plans.selectors.support import expected_place, goal_place
from caseflow.records.vault import seal
from caseflow.undo.acts import Facts
from caseflow.undo.rules import TooLateError


@transaction.atomic
def set_goal(actor: Actor, case_id: UUID, *, title: str, shown_by: str) -> Goal:
    """Set what the support is to reach and what would show it.

    Raises Case.DoesNotExist, CaseRefused (closed case, either of them empty).
    """
    case = hold_open_case(actor, case_id)
    if not title.strip() or not shown_by.strip():
        raise CaseRefused(gettext("Write the goal, and what would show that it is reached."))
    goal = Goal(case=case, set_by=actor.user, set_at=timezone.now())
    goal.title_sealed = seal(case.data_key, title.strip(), goal_place(goal, "title"))
    goal.shown_by_sealed = seal(case.data_key, shown_by.strip(), goal_place(goal, "shown_by"))
    goal.save(force_insert=True)
    _enter(actor, goal, "goal_set")
    log(actor, "goal_set", case, goal=str(goal.pk))
    return goal


@transaction.atomic
def add_measure(
    actor: Actor, case_id: UUID, goal_id: UUID, *, title: str, expected: str, membership_id: int, due_at: datetime
) -> Measure:
    """Give somebody a task that serves the goal. The owner reads `title`; `expected` is what is to come of it.

    Raises Case.DoesNotExist, Goal.DoesNotExist, CaseRefused (closed case, ended goal, no expected outcome, no title,
    due in the past, somebody who is not around the case).
    """
    case = hold_open_case(actor, case_id)
    goal = Goal.objects.get(pk=goal_id, case=case)
    _refuse_ended(goal)
    if not expected.strip():
        raise CaseRefused(gettext("Write what is to come of the measure."))
    task = add_task(actor, case_id, title=title, membership_id=membership_id, due_at=due_at)
    measure = Measure(goal=goal, task=task)
    measure.expected_sealed = seal(case.data_key, expected.strip(), expected_place(measure))
    measure.save(force_insert=True)
    log(actor, "measure_set", case, goal=str(goal.pk), task=str(task.pk))
    return measure


@transaction.atomic
def end_goal(actor: Actor, case_id: UUID, goal_id: UUID, *, state: GoalState, reason: str) -> Goal:
    """Say that a goal is reached or given up, and from what that is seen.

    Raises Case.DoesNotExist, Goal.DoesNotExist, CaseRefused (closed case, ended already, unfinished measures, no
    reason, no end).
    """
    case = hold_open_case(actor, case_id)
    goal = Goal.objects.get(pk=goal_id, case=case)
    _refuse_ended(goal)
    why = said_why(reason)
    if state == GoalState.OPEN:
        raise CaseRefused(gettext("Say whether the goal is reached or given up."))
    if goal.measures.filter(task__done_at=None).exists():
        raise CaseRefused(
            gettext("A measure of this goal is unfinished. Complete it first: a measure needs its outcome.")
        )
    goal.state, goal.ended_by, goal.ended_at = state, actor.user, timezone.now()
    goal.reason_sealed = seal(case.data_key, why, goal_place(goal, "reason"))
    goal.save(update_fields=["state", "ended_by", "ended_at", "reason_sealed"])
    _enter(actor, goal, "goal_reached" if state == GoalState.REACHED else "goal_given_up")
    log(actor, "goal_ended", case, goal=str(goal.pk), state=state)
    return goal


@transaction.atomic
def go_on_with(actor: Actor, goal_id: str, facts: Facts) -> str:
    """Take back that the actor has just ended a goal; the chronology keeps both. Returns the page of the plans.

    Raises Goal.DoesNotExist, Case.DoesNotExist, TooLateError (the case is closed by now).
    """
    at = datetime.fromisoformat(facts["at"])
    try:
        case = hold_open_case(actor, Goal.objects.get(pk=goal_id).case_id)
    except CaseRefused as refused:
        raise TooLateError from refused
    goal = Goal.objects.select_related("case").get(pk=goal_id, ended_at=at, ended_by=actor.user)
    goal.state, goal.ended_by, goal.ended_at, goal.reason_sealed = GoalState.OPEN, None, None, b""
    goal.save(update_fields=["state", "ended_by", "ended_at", "reason_sealed"])
    _enter(actor, goal, "goal_restored")
    log(actor, "goal_restored", case, goal=str(goal.pk))
    return reverse("plans:case", args=[case.pk])


def is_in_ended_goal(task_id: str) -> bool:
    """Whether a task is a measure of a goal that has ended: what came of it was weighed there."""
    return Measure.objects.filter(task=UUID(task_id)).exclude(goal__state=GoalState.OPEN).exists()


def _refuse_ended(goal: Goal) -> None:
    if goal.state != GoalState.OPEN:
        raise CaseRefused(gettext("This goal has ended. Set a new one."))


def _enter(actor: Actor, goal: Goal, code: str) -> None:
    add_system_entry(goal.case, kind=EntryKind.TASK, code=code, author=actor.user, ref=f"support:{goal.case_id}")
