"""A flow begins: its steps get their clocks, a second person is named and told (fact 4)."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.audit.services import record
from caseflow.cases.enums import GRAVE, EntryKind, RiskLevel
from caseflow.cases.models import Case, RiskAssessment
from caseflow.cases.selectors.pages import case_label
from caseflow.cases.services.chronology import add_system_entry
from caseflow.cases.services.locking import hold_open_case, lock_case
from caseflow.clocks.enums import Basis
from caseflow.clocks.rules import due_time
from caseflow.clocks.selectors import calendar_of
from caseflow.clocks.services import start_clock
from caseflow.directory.actors import Actor
from caseflow.protocols.enums import Cause
from caseflow.protocols.models import HIGH_RISK, Flow, FlowStep, ProtocolStep, ProtocolVersion
from caseflow.protocols.rules import FlowRefused
from caseflow.protocols.selectors.flows import running_high_risk
from caseflow.protocols.selectors.protocols import version_in_force, versions_to_begin
from caseflow.protocols.selectors.seconds import nearest_second
from caseflow.protocols.services.doing import give_in_roles
from caseflow.protocols.services.proving import prove_by_assessment
from caseflow.protocols.services.telling import name_second, ring_where_nobody_hears, tell_leader
from caseflow.protocols.services.worsening import make_acute, note_answer, take_answer, take_assessment

if TYPE_CHECKING:
    from caseflow.accounts.models import User


@transaction.atomic
def answer_calls(case: Case, *, ref: str, by: "User | None", acute: bool = False) -> Flow:
    """A positive answer about suicide begins the high-risk flow in the case, or is told of in the one that runs.

    `by` entered it, None for a pupil by code. Whoever leads the case and a second person are told by name; out of
    hours, or where no second person is to be found, those on duty are rung. Raises FlowRefused for a closed case.
    """
    held = lock_case(case.pk)
    running = running_high_risk(held)
    if running:
        running.case = held
        take_answer(running, ref, by, acute=acute)
        return running
    flow = _begin(held, version_in_force(HIGH_RISK, held.school), Cause.ANSWER, ref, by, timezone.now())
    note_answer(flow, ref, flow.started_at, by, acute=acute)
    return flow


@transaction.atomic
def begin_flow(actor: Actor, case_id: UUID, version_id: UUID) -> Flow:
    """Begin a protocol by hand.

    Raises Case.DoesNotExist, CaseRefused (closed), FlowRefused (not in force for this school, it runs already).
    """
    case = hold_open_case(actor, case_id)
    version = next((one for one in versions_to_begin(case.school) if one.pk == version_id), None)
    if version is None:
        raise FlowRefused(gettext("This protocol is not in force for the school."))
    if Flow.objects.filter(case=case, ended_at=None, version__protocol__code=version.protocol.code).exists():
        raise FlowRefused(gettext("This protocol is at work in the case already."))
    return _begin(case, version, Cause.PERSON, "", actor.user, timezone.now())


def follow_assessment(actor: Actor, case: Case, assessment: RiskAssessment) -> None:
    """High or acute risk begins the high-risk flow; any assessment is the proof that running flows wait for."""
    running = running_high_risk(case)
    if running:
        running.case = case
        take_assessment(actor, running, assessment)
    elif assessment.level in GRAVE:
        version = version_in_force(HIGH_RISK, case.school)
        flow = _begin(case, version, Cause.ASSESSMENT, f"assessment:{assessment.pk}", actor.user, assessment.at)
        if assessment.level == RiskLevel.ACUTE:
            make_acute(flow, assessment.at, actor.user)
    prove_by_assessment(actor, case, assessment.at)


def _begin(case: Case, version: ProtocolVersion, cause: Cause, ref: str, by: "User | None", at: datetime) -> Flow:
    if not case.is_open:
        raise FlowRefused(gettext("The case is closed. Reopen it first."))
    second = nearest_second(case, by.pk if by else None)
    flow = Flow.objects.create(
        case=case,
        version=version,
        cause=cause,
        ref=ref,
        started_at=at,
        started_by=by,
        second=second.user if second else None,
        second_role=second.role if second else "",
    )
    for step in version.steps.all():
        _give_step(flow, step)
    add_system_entry(
        case,
        kind=EntryKind.TASK,
        code="flow_begun",
        author=by,
        params={"protocol": version.title, "cause": str(cause)},
        ref=f"flow:{flow.pk}",
        event_at=at,
    )
    record(
        action="flow_begun",
        actor_id=by.pk if by else None,
        role="",
        obj=case_label(case.pk),
        pupil_id=case.pupil_id,
        detail={"flow": str(flow.pk), "protocol": version.protocol.code, "version": version.number},
    )
    give_in_roles(flow)
    if second:
        name_second(flow, second)
    tell_leader(flow)
    ring_where_nobody_hears(flow, by, at)
    return flow


def _give_step(flow: Flow, step: ProtocolStep) -> None:
    case, at = flow.case, flow.started_at
    calendar = calendar_of(case.school, Basis(step.basis), at)
    due = due_time(at, step.amount, step.unit, step.basis, calendar)
    FlowStep.objects.create(flow=flow, step=step, clock=start_clock(step.missed, case.school, at, due_at=due))
