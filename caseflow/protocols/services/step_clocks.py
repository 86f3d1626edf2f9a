"""The clocks of steps: who is reminded, who hears of a missed one, and what the case keeps of it."""

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from caseflow.cases.enums import EntryKind
from caseflow.cases.selectors import scoped_cases
from caseflow.cases.services.chronology import add_system_entry
from caseflow.cases.services.climbing import owner_of, told_of
from caseflow.clocks.matters import Look, Matter
from caseflow.clocks.models import Clock
from caseflow.clocks.services import tell_of_deadline
from caseflow.protocols.models import FlowStep
from notifications.enums import AlertKind

if TYPE_CHECKING:
    from caseflow.clocks.watchers import Told
    from caseflow.directory.actors import Actor

DISTRICT = "flow__case__school__district"
MISSED, MISSED_ALONE = "flow_step_missed", "flow_step_missed_alone"
AROUND = ("step", "clock", "flow__second", "flow__case__pupil", "flow__case__owner", "flow__case__data_key", DISTRICT)


def remind_of_step(clock_ids: list[UUID]) -> None:
    """Remind whoever has a step that is nearly due; the ladder tells of a missed one."""
    for step in _waiting().filter(clock__in=clock_ids, clock__escalated_at=None):
        tell_of_deadline(
            step.clock,
            owner_of(step),
            kind=AlertKind.DEADLINE_NEAR,
            params={"clock": step.clock.code, "due": step.clock.due_at.isoformat(), "school": step.case.school.names},
            url=_page(step),
        )


def targets_of_step(clock_id: UUID, targets: frozenset[str]) -> "list[Told]":
    """Those of `targets` who may know that a step was missed."""
    return [one for step in _waiting().filter(clock=clock_id) for one in told_of(step, targets, _page(step))]


def matter_of_step(actor: "Actor", clock_id: UUID) -> Matter | None:
    """The step behind the clock, for whoever may open the case; a step of a protocol is neither paused nor extended."""
    step = _waiting().filter(clock=clock_id, flow__case__in=scoped_cases(actor).values("pk")).first()
    if step is None:
        return None
    title = gettext("A step in case no. %(number)s") % {"number": step.case.number}
    return Matter(title, _page(step), step.case.data_key, may_change=False, pupil_id=step.case.pupil_id)


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


def _look(step: FlowStep, *, may_open: bool) -> Look:
    return Look(step.owner.short_name if step.owner else "", _page(step) if may_open else "")


def _waiting() -> QuerySet[FlowStep]:
    return FlowStep.objects.filter(done_at=None).select_related(*AROUND)


def _page(step: FlowStep) -> str:
    return reverse("protocols:flow", args=[step.flow_id])
