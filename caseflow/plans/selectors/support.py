"""Support plans in clear, for those who work on the case and for the social pedagogue of the school."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from caseflow.cases.models import Case
from caseflow.cases.rules import Obstacle
from caseflow.cases.selectors.lists import TaskRow, read_task
from caseflow.cases.selectors.scope import cases_in_unit, scoped_cases, workable_tasks
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.plans.enums import GoalState
from caseflow.plans.models import Goal, Measure
from caseflow.records.vault import unseal, where


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure: its task, and what is to come of it."""

    measure: Measure
    task: TaskRow
    expected: str


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal with its measures in clear; `done` of them are finished."""

    goal: Goal
    title: str
    shown_by: str
    reason: str
    measures: list[MeasureRow]

    @property
    def is_open(self) -> bool:
        return self.goal.state == GoalState.OPEN

    @property
    def done(self) -> int:
        return sum(row.task.task.done_at is not None for row in self.measures)


@dataclass(frozen=True, slots=True)
class SupportPlan:
    """The goals of a case. A social pedagogue learns nothing else of the case than whose it is."""

    case: Case
    goals: list[GoalRow]


def support_cases(actor: Actor) -> QuerySet[Case]:
    """The cases whose goals and measures the actor may read.

    Those they may open, and for a social pedagogue the open ones of the own school that have a goal; never the own
    child's, nor what a room keeps from them.
    """
    if actor.role != Role.SOCIAL_PEDAGOGUE:
        return scoped_cases(actor)
    return cases_in_unit(actor).filter(Exists(Goal.objects.filter(case=OuterRef("pk"))), closed_at=None)


def list_support_plans(actor: Actor) -> QuerySet[Case]:
    """The cases with goals that are open, by the pupil's name, with `open_goals` and `open_measures`. One query."""
    going = Q(goals__state=GoalState.OPEN)
    waiting = going & Q(goals__measures__task__done_at=None, goals__measures__isnull=False)
    return (
        support_cases(actor)
        .filter(Exists(Goal.objects.filter(case=OuterRef("pk"))), closed_at=None)
        .annotate(
            open_goals=Count("goals", filter=going, distinct=True),
            open_measures=Count("goals__measures", filter=waiting, distinct=True),
        )
        .select_related("pupil__school_class", "school", "owner")
        .order_by("pupil__last_name", "pupil__first_name", "pk")
    )


def support_plan(actor: Actor, case_id: UUID) -> SupportPlan:
    """The support plan of a case. Three queries. Raises Case.DoesNotExist outside the actor's reach."""
    found = support_cases(actor).select_related("pupil__school_class", "school", "owner", "data_key").get(pk=case_id)
    return SupportPlan(found, goals_of(found))


def is_measure(actor: Actor, task_id: UUID) -> bool:
    """Whether a task that the actor may complete is a measure. Raises Task.DoesNotExist for any other."""
    return Measure.objects.filter(task=workable_tasks(actor).only("pk").get(pk=task_id)).exists()


def goals_of(case: Case) -> list[GoalRow]:
    """The goals of the case, the first set first. Two queries."""
    measures = Measure.objects.select_related("task__owner", "task__clock", "task__case__data_key")
    goals = case.goals.select_related("set_by", "ended_by").prefetch_related(Prefetch("measures", measures))
    return [_read_goal(case, goal) for goal in goals]


def refusal_to_close(_actor: Actor, case: Case) -> Obstacle | None:
    """What has to be done with the goals before the case may be closed; None when none is open."""
    if not case.goals.filter(state=GoalState.OPEN).exists():
        return None
    said = gettext("A goal of the support plan is open: say whether it is reached or given up.")
    return Obstacle(said, reverse("plans:case", args=[case.pk]), gettext("To the plans"))


def _read_goal(case: Case, goal: Goal) -> GoalRow:
    def clear(field: str) -> str:
        return unseal(case.data_key, getattr(goal, f"{field}_sealed"), goal_place(goal, field))

    measures = [_read_measure(case, measure) for measure in goal.measures.all()]
    return GoalRow(goal, clear("title"), clear("shown_by"), clear("reason"), measures)


def _read_measure(case: Case, measure: Measure) -> MeasureRow:
    expected = unseal(case.data_key, measure.expected_sealed, expected_place(measure))
    return MeasureRow(measure, read_task(measure.task), expected)


def goal_place(goal: Goal, field: str) -> str:
    """Where a sealed text of a goal belongs."""
    return where("plans.Goal", goal.pk, field)


def expected_place(measure: Measure) -> str:
    """Where what a measure is to bring belongs."""
    return where("plans.Measure", measure.pk, "expected")
