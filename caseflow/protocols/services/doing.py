"""Steps that somebody does in a role: each reaches them as a task of their own, and is done when the task is."""

from django.utils.translation import override

from caseflow.cases.models import Task
from caseflow.cases.services.access import let_in
from caseflow.cases.services.locking import log
from caseflow.cases.services.tasks import give_task
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.protocols.enums import Doer
from caseflow.protocols.models import Flow, FlowStep
from caseflow.protocols.selectors.doers import nearest_doer
from caseflow.protocols.services.settling import settle
from caseflow.undo.rules import TooLateError


def give_in_roles(flow: Flow) -> None:
    """Give each step of a role to somebody who has it; one that nobody has stays with whoever leads the case.

    A lead psychologist is let into the case, the others read the step's name and nothing else of it.
    """
    case, by = flow.case, flow.started_by or flow.case.owner
    for step in flow.steps.select_related("step", "clock"):
        right = nearest_doer(case, Doer(step.step.doer))
        if right is None:
            continue
        if right.role == Role.LEAD_PSYCHOLOGIST and not case.grants.filter(user=right.user).exists():
            let_in(case, right, by=by, role="")
        with override(right.user.language):
            title = step.step.name
        step.task = give_task(case, right, title=title, clock=step.clock, by=by, role="", about="flow")
        step.save(update_fields=["task"])


def prove_by_task(actor: Actor, task: Task, outcome: str) -> None:
    """Settle the step that was given as this task; what came of the task proves it."""
    step = FlowStep.objects.filter(task=task, done_at=None).select_related("flow", "step").first()
    if step is not None:
        step.flow.case = task.case
        settle(actor, step, outcome, at=task.done_at)


def open_step_again(actor: Actor, task: Task) -> None:
    """The step waits again, since the completion of its task is taken back.

    Raises TooLateError (the end of the flow is asked for).
    """
    step = FlowStep.objects.filter(task=task, done_at__isnull=False).select_related("flow").first()
    if step is None:
        return
    if step.flow.end_asked_by_id is not None:
        raise TooLateError
    step.done_at, step.done_by, step.proof_sealed = None, None, b""
    step.save(update_fields=["done_at", "done_by", "proof_sealed"])
    log(actor, "flow_step_undone", task.case, step=str(step.pk))
