"""What running flows want now: of one person, the first thing they see in Today; in a case, what is due first."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from caseflow.cases.deadlines import Deadline
from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from caseflow.protocols.enums import Doer
from caseflow.protocols.models import Flow, FlowStep
from caseflow.protocols.selectors.flows import scoped_flows
from prepared import prepared

AROUND = ("step", "clock", "flow__version__protocol", "flow__second", "flow__case__pupil__school_class")


@dataclass(frozen=True, slots=True)
class OwnFlow:
    """A flow with the step of this person that is due first, and how many of theirs are open."""

    flow: Flow
    first: FlowStep
    open_steps: int


def own_flows(actor: Actor) -> list[OwnFlow]:
    """The running flows in which a step waits for the actor, the nearest deadline first. One query."""
    by_second = Q(step__doer=Doer.SECOND)
    own_task = Q(task__owner=actor.user, task__owner_role=actor.role)
    led = ~by_second & Q(task=None, flow__case__owner=actor.user)
    mine = by_second & Q(flow__second=actor.user) | led | own_task
    running = FlowStep.objects.filter(
        mine, done_at=None, flow__ended_at=None, flow__in=scoped_flows(actor).values("pk")
    )
    steps: dict[Flow, list[FlowStep]] = {}
    for step in running.select_related(*AROUND).order_by("clock__due_at"):
        steps.setdefault(step.flow, []).append(step)
    return [OwnFlow(flow, waiting[0], len(waiting)) for flow, waiting in steps.items()]


def nearest_step(case: Case) -> Deadline | None:
    """The open step of the case's running flows that is due first. One query."""
    step = _open_steps.first(case.pk)
    if step is None:
        return None
    return Deadline(step.clock, step.step.name, reverse("protocols:flow", args=[step.flow_id]))


@prepared
def _open_steps(case_id: UUID) -> QuerySet[FlowStep]:
    waiting = FlowStep.objects.filter(flow__case=case_id, flow__ended_at=None, done_at=None)
    return waiting.select_related("step", "clock").order_by("clock__due_at", "step__position")
