"""The clocks of steps: who is reminded, who hears of a missed one, and what the case keeps of it."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from caseflow.cases.enums import EntryKind
from caseflow.cases.rules import CASE_ROLES
from caseflow.cases.selectors import scoped_cases
from caseflow.cases.selectors.people import recipients_leading
from caseflow.cases.selectors.scope import own_tasks
from caseflow.cases.services.chronology import add_system_entry
from caseflow.cases.services.climbing import owner_of, told_of
from caseflow.cases.services.tasks import task_params
from caseflow.clocks.matters import Look, Matter
from caseflow.clocks.models import Clock
from caseflow.clocks.services import tell_of_deadline
from caseflow.clocks.watchers import Said, Told
from caseflow.protocols.models import FlowStep
from notifications.enums import AlertKind

if TYPE_CHECKING:
    from caseflow.directory.actors import Actor

DISTRICT = "flow__case__school__district"
TASK, TASK_DUE, OWNER = "task", "task_due", "owner"  # as the rooms below name them
MISSED, MISSED_ALONE = "flow_step_missed", "flow_step_missed_alone"
AROUND = (
    "step",
    "clock",
    "task__owner",
    "flow__second",
    "flow__case__pupil",
    "flow__case__owner",
    "flow__case__data_key",
    DISTRICT,
)


def remind_of_step(clock_ids: list[UUID]) -> None:
    """Remind whoever has a step that is nearly due; the ladder tells of a missed one."""
    for step in _waiting().filter(clock__in=clock_ids, clock__escalated_at=None):
        said = _said_to_outsider(step, TASK_DUE) or Said(
            AlertKind.DEADLINE_NEAR,
            {"clock": step.clock.code, "due": step.clock.due_at.isoformat(), "school": step.case.school.names},
        )
        tell_of_deadline(step.clock, owner_of(step), kind=said.kind, params=said.params, url=_page_of_owner(step))


def targets_of_step(clock_id: UUID, targets: frozenset[str]) -> list[Told]:
    """Those of `targets` who may know that a step was missed; beside who has it as a task, whoever leads the case."""
    return [one for step in _waiting().filter(clock=clock_id) for one in _told(step, targets)]


def matter_of_step(actor: "Actor", clock_id: UUID) -> Matter | None:
    """The step behind the clock, for whoever may open the case; a task for whoever has it as one, and no more.

    A step of a protocol is neither paused nor extended.
    """
    step = _waiting().filter(clock=clock_id).first()
    if step is None:
        return None
    if scoped_cases(actor).filter(pk=step.flow.case_id).exists():
        title, url = gettext("A step in case no. %(number)s") % {"number": step.case.number}, _page(step)
    elif step.task and own_tasks(actor).filter(pk=step.task.pk).exists():
        title, url = gettext("A task for you"), reverse("cases:complete", args=[step.task_id])
    else:
        return None
    return Matter(title, url, step.case.data_key, may_change=False, pupil_id=step.case.pupil_id)


def chronicle_step(clock_id: UUID, step: int, told: list[str]) -> None:
    """Enter into the chronology that a rung of the ladder was reached, and who was told at it."""
    for missed in FlowStep.objects.filter(clock=clock_id).select_related(*AROUND):
        add_system_entry(
            missed.case,
            kind=EntryKind.TASK,
            code=MISSED if told else MISSED_ALONE,
            params={"step": step, "whom": told, "step_name": missed.step.title},
            ref=f"flow:{missed.flow_id}",
        )


def looks_at_steps(actor: "Actor", clock_ids: Collection[UUID]) -> dict[UUID, Look]:
    """Who has the steps of these clocks; the page for those who may open the case."""
    steps = list(_waiting().filter(clock__in=clock_ids))
    asked = [step.flow.case_id for step in steps]
    open_to = set(scoped_cases(actor).filter(pk__in=asked).values_list("pk", flat=True))
    return {step.clock_id: _look(step, may_open=step.flow.case_id in open_to) for step in steps}


def clocks_about(pupils: Collection[UUID]) -> QuerySet[Clock]:
    """The clocks of steps in cases of these pupils."""
    return Clock.objects.filter(pk__in=FlowStep.objects.filter(flow__case__pupil__in=pupils).values("clock"))


def _said_to_outsider(step: FlowStep, kind: str) -> Said | None:
    """What is told to somebody who knows a step as a task alone; None for whoever may open the case."""
    task = step.task
    if task is None or task.owner_role in CASE_ROLES:
        return None
    task.case = step.case
    return Said(kind, task_params(task) | {"clock": TASK})


def _told(step: FlowStep, targets: frozenset[str]) -> Iterator[Told]:
    said = _said_to_outsider(step, AlertKind.DEADLINE_MISSED)
    for one in told_of(step, targets, _page_of_owner(step)):
        yield replace(one, said=said) if one.target == OWNER else one
    if step.task and OWNER in targets:
        for user, membership in recipients_leading(step.case):
            yield Told(OWNER, user, membership, _page(step))


def _look(step: FlowStep, *, may_open: bool) -> Look:
    return Look(step.owner.short_name if step.owner else "", _page(step) if may_open else "")


def _waiting() -> QuerySet[FlowStep]:
    return FlowStep.objects.filter(done_at=None).select_related(*AROUND)


def _page_of_owner(step: FlowStep) -> str:
    """Where whoever has the step finds it."""
    outside = step.task is not None and step.task.owner_role not in CASE_ROLES
    return reverse("cases:tasks") if outside else _page(step)


def _page(step: FlowStep) -> str:
    return reverse("protocols:flow", args=[step.flow_id])
