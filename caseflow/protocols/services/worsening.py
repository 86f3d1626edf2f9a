"""What comes to a flow that runs already: a further answer, a graver one, another assessment (fact 4)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from caseflow.audit.services import record
from caseflow.cases.enums import EntryKind, RiskLevel
from caseflow.cases.models import RiskAssessment
from caseflow.cases.selectors.pages import case_label
from caseflow.cases.services.chronology import add_system_entry
from caseflow.cases.wordings import page_of
from caseflow.clocks.rules import due_time
from caseflow.clocks.selectors import calendar_of, rule_in_force
from caseflow.clocks.services import hasten_clock, start_clock
from caseflow.directory.actors import Actor
from caseflow.protocols.enums import Evidence
from caseflow.protocols.models import Flow, FlowStep
from caseflow.protocols.services.telling import page_of_flow, ring_where_nobody_hears, tell_both
from notifications.enums import AlertKind

if TYPE_CHECKING:
    from caseflow.accounts.models import User

ASSESSED_NOW = "psych_assessment_acute"  # its term stands in the table of deadlines


def take_answer(flow: Flow, ref: str, by: "User | None", *, acute: bool) -> None:
    """A positive answer comes to a flow that runs: whoever leads the case and the second person are told at once.

    An acute one makes the flow acute. What was asked of the flow's end is void: its reasons were given before.
    """
    now = timezone.now()
    note_answer(flow, ref, now, by, acute=acute)
    _void_end(flow)
    tell_both(flow, AlertKind.QUESTIONNAIRE_ALARM, page_of(ref) or page_of_flow(flow), besides=by)
    ring_where_nobody_hears(flow, by, now)


def note_answer(flow: Flow, ref: str, at: datetime, by: "User | None", *, acute: bool) -> None:
    """Keep which answer calls for a person. After an acute one the risk has to be assessed within the acute term."""
    if acute or not (flow.answer_ref and flow.is_acute):
        flow.answer_ref, flow.answer_at = ref, at
        flow.save(update_fields=["answer_ref", "answer_at"])
    if acute:
        make_acute(flow, at, by)
        _assess_soon(flow, at)


def take_assessment(actor: Actor, flow: Flow, assessment: RiskAssessment) -> None:
    """Another assessment in a flow that runs: acute risk is told to both people, what is less ends that it is acute."""
    if assessment.level != RiskLevel.ACUTE:
        flow.acute_at = None
        flow.save(update_fields=["acute_at"])
    elif not flow.is_acute:
        make_acute(flow, assessment.at, actor.user)
        tell_both(flow, AlertKind.FLOW_ACUTE, page_of_flow(flow), besides=actor.user)


def make_acute(flow: Flow, at: datetime, by: "User | None") -> None:
    """Keep since when the flow is acute, in the case and in the log."""
    if flow.is_acute:
        return
    flow.acute_at = at
    flow.save(update_fields=["acute_at"])
    case = flow.case
    add_system_entry(case, kind=EntryKind.TASK, code="flow_acute", author=by, ref=f"flow:{flow.pk}", event_at=at)
    record(
        action="flow_acute",
        actor_id=by.pk if by else None,
        role="",
        obj=case_label(case.pk),
        pupil_id=case.pupil_id,
        detail={"flow": str(flow.pk)},
    )


def _assess_soon(flow: Flow, at: datetime) -> None:
    """The steps of assessment end with the acute term; one that an earlier assessment has settled is open again."""
    school, rule = flow.case.school, rule_in_force(ASSESSED_NOW, timezone.localdate(at))
    due = due_time(at, rule.amount, rule.unit, rule.basis, calendar_of(school, rule.basis, at))
    for step in flow.steps.filter(step__evidence=Evidence.ASSESSMENT).select_related("step"):
        if step.done_at is None:
            hasten_clock(step.clock_id, due, at)
        else:
            _open_again(step, flow, at, due)


def _open_again(step: FlowStep, flow: Flow, at: datetime, due: datetime) -> None:
    step.clock = start_clock(step.step.missed, flow.case.school, at, due_at=due)
    step.done_at, step.done_by, step.waived, step.proof_sealed, step.proof_written = None, None, False, b"", {}
    step.save(update_fields=["clock", "done_at", "done_by", "waived", "proof_sealed", "proof_written"])
    add_system_entry(
        flow.case,
        kind=EntryKind.TASK,
        code="flow_step_again",
        params={"step_name": step.step.title},
        ref=f"flow:{flow.pk}",
        event_at=at,
    )


def _void_end(flow: Flow) -> None:
    if flow.end_asked_by_id is None:
        return
    flow.end_asked_by, flow.end_asked_at, flow.end_reason_sealed = None, None, b""
    flow.save(update_fields=["end_asked_by", "end_asked_at", "end_reason_sealed"])
    add_system_entry(flow.case, kind=EntryKind.TASK, code="flow_sent_back", ref=f"flow:{flow.pk}")
