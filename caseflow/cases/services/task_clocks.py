"""The clocks of tasks: who may change them, who is told of a missed one, and what the case keeps of it."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.cases.enums import EntryKind
from caseflow.cases.models import Task
from caseflow.cases.rules import CASE_ROLES
from caseflow.cases.selectors.scope import workable_tasks
from caseflow.cases.services.chronology import write_entry
from caseflow.cases.services.climbing import told_of
from caseflow.cases.services.tasks import task_page
from caseflow.clocks.enums import ChangeKind
from caseflow.clocks.matters import Look, Matter
from caseflow.clocks.models import Clock, ClockChange
from caseflow.clocks.selectors.changing import reason_of
from caseflow.clocks.watchers import Told
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role

AROUND = ("owner", "case__pupil", "case__owner", "case__data_key", "case__school__district")
MISSED, MISSED_ALONE = "task_missed", "task_missed_alone"
CHANGED = {
    ChangeKind.PAUSED: "task_paused_until",
    ChangeKind.RESUMED: "task_resumed_until",
    ChangeKind.EXTENDED: "task_extended_until",
}


def matter_of_task(actor: Actor, clock_id: UUID) -> Matter | None:
    """The task of the clock, for whoever may complete it; its owner, who leads the case and the lead may change it."""
    task = workable_tasks(actor).filter(clock=clock_id).select_related(*AROUND).first()
    if task is None:
        return None
    own = task.owner_id == actor.user.pk and task.owner_role == actor.role
    leads = actor.role == Role.LEAD_PSYCHOLOGIST or task.case.owner_id == actor.user.pk
    url = reverse("cases:complete", args=[task.pk])
    return Matter(_title(actor, task), url, task.case.data_key, own or leads, task.case.pupil_id)


def keep_task_in_step(clock: Clock, change: ClockChange) -> None:
    """The end that the task keeps is moved with the clock's, and the chronology says why, and to when."""
    for task in Task.objects.filter(clock=clock).select_related(*AROUND):
        Task.objects.filter(pk=task.pk).update(due_at=clock.due_at)
        _enter(
            task,
            CHANGED[ChangeKind(change.kind)],
            author=change.by,
            event_at=change.at,
            text=reason_of(change, task.case.data_key),
            params={"due": f"{timezone.localtime(clock.due_at):%d.%m.%Y %H:%M}"},
        )


def targets_of_task(clock_id: UUID, targets: frozenset[str]) -> list[Told]:
    """Those of `targets` who may know that a task was missed."""
    tasks = Task.objects.filter(clock=clock_id, done_at=None).select_related(*AROUND)
    return [one for task in tasks for one in told_of(task, targets, task_page(task.case, task.owner_role))]


def chronicle_step(clock_id: UUID, step: int, told: list[str]) -> None:
    """Enter into the chronology that a step was reached, and who was told at it."""
    for task in Task.objects.filter(clock=clock_id).select_related(*AROUND):
        _enter(task, MISSED if told else MISSED_ALONE, params={"step": step, "whom": told})


def looks_at_tasks(actor: Actor, clock_ids: Collection[UUID]) -> dict[UUID, Look]:
    """Who has the tasks of these clocks; the page of those that the actor may open."""
    tasks = list(Task.objects.filter(clock__in=clock_ids).select_related("owner"))
    open_to = set(workable_tasks(actor).filter(pk__in=[task.pk for task in tasks]).values_list("pk", flat=True))
    pages = {pk: reverse("cases:complete", args=[pk]) for pk in open_to}
    return {task.clock_id: Look(task.owner.short_name, pages.get(task.pk, "")) for task in tasks}


def clocks_about(pupils: Collection[UUID]) -> QuerySet[Clock]:
    """The clocks of tasks about these pupils."""
    return Clock.objects.filter(pk__in=Task.objects.filter(case__pupil__in=pupils).values("clock"))


def _title(actor: Actor, task: Task) -> str:
    if actor.role in CASE_ROLES:
        return gettext("A task in case no. %(number)s") % {"number": task.case.number}
    return gettext("A task for you")


def _enter(task: Task, code: str, **facts: object) -> None:
    wanted = {"author": None} | facts
    write_entry(task.case, kind=EntryKind.TASK, code=code, ref=f"task:{task.pk}", **wanted)  # type: ignore[arg-type]
