"""The side column of Today: what is overdue, the own cases, what comes next."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils import timezone

from caseflow.cases.enums import RiskLevel
from caseflow.cases.models import Task
from caseflow.cases.selectors.lists import TaskRow, read_task
from caseflow.cases.selectors.scope import covered_tasks, own_tasks, scoped_cases
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.triage.enums import OPEN_STATES
from caseflow.triage.models import TriageItem
from caseflow.triage.selectors.queue import waiting

TASKS_SHOWN = 5
RISKS = (RiskLevel.ACUTE, RiskLevel.HIGH, RiskLevel.MODERATE, RiskLevel.LOW, None)


@dataclass(frozen=True, slots=True)
class SchoolLoad:
    """What waits too long at a school: a number, no names."""

    school: str
    overdue: int


@dataclass(frozen=True, slots=True)
class Day:
    """`cases` counts the actor's own open cases by risk (None: not assessed), the gravest first. Among the tasks are
    those of whom the actor stands in for."""

    overdue: tuple[TaskRow, ...]
    overdue_count: int
    coming: tuple[TaskRow, ...]
    cases: tuple[tuple[RiskLevel | None, int], ...]
    case_count: int
    schools: tuple[SchoolLoad, ...]


def day_of(actor: Actor) -> Day:
    """The actor's day, in a constant number of queries."""
    now = timezone.now()
    shown = ("case__pupil__school_class", "case__data_key", "owner")
    mine = Q(pk__in=own_tasks(actor).values("pk")) | Q(pk__in=covered_tasks(actor).values("pk"))
    tasks = Task.objects.filter(mine, done_at=None).select_related(*shown)
    late, coming = tasks.filter(due_at__lt=now), tasks.filter(due_at__gte=now)
    own = scoped_cases(actor).filter(owner=actor.user, closed_at=None)
    by_risk = dict(own.order_by().values_list("risk").annotate(Count("pk")))
    return Day(
        overdue=tuple(read_task(task) for task in late.order_by("due_at")[:TASKS_SHOWN]),
        overdue_count=late.count(),
        coming=tuple(read_task(task) for task in coming.order_by("due_at")[:TASKS_SHOWN]),
        cases=tuple((risk, by_risk[risk]) for risk in RISKS if by_risk.get(risk)),
        case_count=sum(by_risk.values()),
        schools=_overdue_schools(actor, now),
    )


def next_due(actor: Actor) -> datetime | None:
    """When the next thing falls due that the actor has to do: an item of the queue, else a task not late yet."""
    item = waiting(actor).values_list("due_at", flat=True).first()
    if item is not None:
        return item
    tasks = own_tasks(actor).filter(done_at=None, due_at__gte=timezone.now())
    return tasks.order_by("due_at").values_list("due_at", flat=True).first()


def _overdue_schools(actor: Actor, now: datetime) -> tuple[SchoolLoad, ...]:
    """For a lead psychologist: at which schools items wait beyond their deadline."""
    if actor.role != Role.LEAD_PSYCHOLOGIST:
        return ()
    late = TriageItem.objects.filter(school__in=actor.schools(), state__in=OPEN_STATES, psych_clock__due_at__lt=now)
    counted = late.order_by().values("school").annotate(overdue=Count("pk")).order_by("-overdue")
    names = {school.pk: school.name for school in actor.schools()}
    return tuple(SchoolLoad(names[row["school"]], row["overdue"]) for row in counted)
