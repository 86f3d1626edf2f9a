"""A step is settled, once, by whoever may open the case."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext

from caseflow.cases.enums import EntryKind
from caseflow.cases.services.chronology import write_entry
from caseflow.cases.services.locking import lock_case, log
from caseflow.cases.wordings import Written
from caseflow.clocks.services import stop_clock
from caseflow.directory.actors import Actor
from caseflow.protocols.models import Flow, FlowStep
from caseflow.protocols.rules import FlowRefused
from caseflow.protocols.selectors.flows import scoped_flows
from caseflow.records.vault import seal, where

# What the program writes as a proof, and the lines of the chronology that say the same.
ASSESSED, REFERRED = "step_assessed", "step_referred"
ENTRIES = {ASSESSED: "flow_step_assessed", REFERRED: "flow_step_referred"}
NOTHING: Written = {}


def hold_step(actor: Actor, step_id: UUID) -> FlowStep:
    """The step with its flow, its case locked.

    Raises Flow.DoesNotExist outside the scope, FlowRefused (settled already, the flow has ended).
    """
    flow = scoped_flows(actor).filter(steps=step_id).first()
    if flow is None:
        raise Flow.DoesNotExist
    case = lock_case(flow.case_id)
    step = FlowStep.objects.select_related("step", "flow__version").get(pk=step_id)
    step.flow.case = case
    if step.done_at is not None:
        raise FlowRefused(gettext("This step has been settled already."))
    if not step.flow.is_running:
        raise FlowRefused(gettext("This flow has ended."))
    return step


def settle(
    actor: Actor,
    step: FlowStep,
    proof: str,
    *,
    waived: bool = False,
    at: datetime | None = None,
    written: Written = NOTHING,
) -> FlowStep:
    """Record that a step of a locked case is done or does not apply, `at` that moment (now), and stop its clock.

    `proof` is a person's words, `written` what the program says of it. In the chronology the words stand beside it, or,
    of a step that is a task, beside that task.
    """
    case, now = step.flow.case, at or timezone.now()
    step.done_at, step.done_by, step.waived = now, actor.user, waived
    step.proof_sealed = seal(case.data_key, proof, where("protocols.FlowStep", step.pk, "proof"))
    step.proof_written = dict(written)
    step.save(update_fields=["done_at", "done_by", "waived", "proof_sealed", "proof_written"])
    stop_clock(step.clock_id, now)
    code = "flow_step_waived" if waived else ENTRIES.get(str(written.get("code", "")), "flow_step_done")
    write_entry(
        case,
        kind=EntryKind.TASK,
        code=code,
        author=actor.user,
        text="" if step.task_id else proof,
        params={"step_name": step.step.title} | {name: said for name, said in written.items() if name != "code"},
        ref=f"flow:{step.flow_id}",
        event_at=now,
    )
    log(actor, "flow_step_waived" if waived else "flow_step_done", case, step=str(step.pk))
    return step
