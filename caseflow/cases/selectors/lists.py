"""The pages that list cases and tasks."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from caseflow.cases.enums import Stage
from caseflow.cases.models import Case, Task
from caseflow.cases.selectors.finding import cases_like
from caseflow.cases.selectors.scope import own_tasks, scoped_cases
from caseflow.cases.wordings import words_of
from caseflow.directory.actors import Actor
from caseflow.directory.models import School
from caseflow.records.vault import unseal, where

NOT_ASSESSED = "none"
OWN_TERM = "task"  # the codes of clocks that are a task's own begin so
IN_WORK, ANY_STAGE = "open", "any"


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What the list is narrowed to; the defaults are what the page opens with. `stage` is one, or `open`, or `any`."""

    whose: str = "all"
    stage: str = IN_WORK
    risk: str = ""
    query: str = ""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task with its texts in clear, for somebody who may read them."""

    task: Task
    title: str
    outcome: str

    @property
    def is_late(self) -> bool:
        return self.task.done_at is None and self.task.due_at < timezone.now()

    @property
    def has_own_term(self) -> bool:
        """False for a task that is a step of a protocol: its term is the protocol's, neither paused nor extended."""
        return self.task.clock.code.startswith(OWN_TERM)

    @property
    def late_by(self) -> timedelta:
        """How long the task has been overdue; below zero while there is time."""
        return timezone.now() - self.task.due_at


@dataclass(frozen=True, slots=True)
class Workload:
    """What waits in a school, counted."""

    school: School
    open_cases: int
    unassessed: int
    late_tasks: int


def list_cases(actor: Actor, asked: CaseFilter) -> QuerySet[Case]:
    """The actor's cases, the newest first, with `open_tasks` and `late_tasks`.

    Risk narrows the list, it never orders it (rule 3).
    """
    shown = scoped_cases(actor).filter(**_narrowed(actor, asked)).select_related("pupil__school_class")
    cases = cases_like(actor, shown, asked.query)
    unfinished = Q(tasks__done_at=None, tasks__isnull=False)
    return (
        cases.select_related("school", "owner", "risk_assessment__by")
        .annotate(
            open_tasks=Count("tasks", filter=unfinished),
            late_tasks=Count("tasks", filter=unfinished & Q(tasks__due_at__lt=timezone.now())),
        )
        .order_by("-opened_at", "-number")
    )


def cases_of_pupil(actor: Actor, pupil_id: UUID) -> list[Case]:
    """The pupil's cases in the actor's reach, an open one first. Raises Pupil.DoesNotExist outside the scope."""
    pupil = actor.pupils().only("pk").get(pk=pupil_id)
    return list(scoped_cases(actor).filter(pupil=pupil).select_related("owner").order_by(*OPEN_FIRST))


def workload(actor: Actor) -> list[Workload]:
    """How much waits in each of the actor's schools: no names, no contents. One query."""
    working = Q(cases__closed_at=None, cases__isnull=False)
    overdue = Q(cases__tasks__done_at=None, cases__tasks__due_at__lt=timezone.now())
    counted = actor.schools().annotate(
        open_cases=Count("cases", filter=working, distinct=True),
        unassessed=Count("cases", filter=working & Q(cases__risk=None), distinct=True),
        late_tasks=Count("cases__tasks", filter=overdue, distinct=True),
    )
    ordered = counted.order_by("name_ru")
    return [Workload(school, school.open_cases, school.unassessed, school.late_tasks) for school in ordered]


def list_own_tasks(actor: Actor) -> list[TaskRow]:
    """The actor's own tasks: unfinished ones by due time, then the last finished ones. One query."""
    tasks = own_tasks(actor).select_related("case__pupil__school_class", "case__data_key", "clock", "given_by")
    ordered = tasks.order_by(F("done_at").desc(nulls_first=True), "due_at")[:SHOWN_TASKS]
    return [read_task(task) for task in ordered]


def read_task(task: Task) -> TaskRow:
    """The task's texts: opened with its case's key, or in the reader's language what the program wrote."""
    key = task.case.data_key
    return TaskRow(
        task,
        title=words_of(task.title_written) or unseal(key, task.title_sealed, where("cases.Task", task.pk, "title")),
        outcome=words_of(task.outcome_written)
        or unseal(key, task.outcome_sealed, where("cases.Task", task.pk, "outcome")),
    )


SHOWN_TASKS = 100
OPEN_FIRST = (F("closed_at").desc(nulls_first=True), "-opened_at")


def _narrowed(actor: Actor, asked: CaseFilter) -> dict[str, Any]:
    narrowed: dict[str, Any] = {}
    if asked.whose == "mine":
        narrowed["owner"] = actor.user
    if asked.stage == IN_WORK:
        narrowed["closed_at"] = None
    elif asked.stage != ANY_STAGE:
        narrowed["stage"] = Stage(asked.stage)
    if asked.risk:
        narrowed["risk"] = None if asked.risk == NOT_ASSESSED else asked.risk
    return narrowed
