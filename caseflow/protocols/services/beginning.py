"""A flow begins: its steps get their clocks, a second person is named and told (fact 4)."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from guardian.shortcuts import assign_perm

from caseflow.audit.services import record
from caseflow.cases.enums import GRAVE, EntryKind
from caseflow.cases.models import Case, RiskAssessment
from caseflow.cases.selectors.pages import case_label
from caseflow.cases.selectors.people import recipients_leading
from caseflow.cases.services.chronology import add_system_entry
from caseflow.cases.services.locking import hold_open_case, lock_case
from caseflow.clocks.enums import Basis, Rung
from caseflow.clocks.rules import due_time
from caseflow.clocks.selectors import calendar_of, out_of_hours
from caseflow.clocks.services import call_duty, is_ringing, start_clock
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership
from caseflow.directory.selectors import accounts_of_parents
from caseflow.protocols.enums import Cause
from caseflow.protocols.models import HIGH_RISK, Flow, FlowStep, ProtocolStep, ProtocolVersion
from caseflow.protocols.rules import FlowRefused
from caseflow.protocols.selectors.flows import running_high_risk
from caseflow.protocols.selectors.protocols import version_in_force, versions_to_begin
from caseflow.protocols.selectors.seconds import is_kept_from_school, nearest_second
from caseflow.protocols.services.doing import give_in_roles
from caseflow.protocols.services.proving import prove_by_assessment
from notifications.services import alert

if TYPE_CHECKING:
    from caseflow.accounts.models import User

DUTY_REASON = "high_risk"


@transaction.atomic
def begin_high_risk(case: Case, *, cause: Cause, ref: str, by: "User | None") -> Flow:
    """Begin the high-risk flow in the case, or give the one that runs already.

    `by` is whoever caused it, None for a pupil's own answer. The case's owner and a second person are told by name; out
    of hours, or where no second person is to be found, those on duty are rung. Raises FlowRefused for a closed case.
    """
    held = lock_case(case.pk)
    running = running_high_risk(held)
    return running or _begin(held, version_in_force(HIGH_RISK, held.school), cause, ref, by, timezone.now())


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
    if assessment.level in GRAVE and running_high_risk(case) is None:
        version = version_in_force(HIGH_RISK, case.school)
        _begin(case, version, Cause.ASSESSMENT, f"assessment:{assessment.pk}", actor.user, assessment.at)
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
    _tell_owner(flow)
    _ring_where_nobody_hears(flow)
    return flow


def _give_step(flow: Flow, step: ProtocolStep) -> None:
    case, at = flow.case, flow.started_at
    calendar = calendar_of(case.school, Basis(step.basis), at)
    due = due_time(at, step.amount, step.unit, step.basis, calendar)
    FlowStep.objects.create(flow=flow, step=step, clock=start_clock(step.missed, case.school, at, due_at=due))


def name_second(flow: Flow, second: Membership) -> None:
    """Let the second person into the case, tell them, and write down who it is."""
    case = flow.case
    if second.role == Role.LEAD_PSYCHOLOGIST:
        assign_perm("cases.work_on_case", second.user, case)
    name = {"name": second.user.short_name}
    add_system_entry(case, kind=EntryKind.TASK, code="flow_second", params=name, ref=f"flow:{flow.pk}")
    alert(
        recipients=[(second.user_id, second.pk)],
        kind="second_person",
        params={"number": case.number, "school": case.school.names},
        url=page_of_flow(flow),
    )


def page_of_flow(flow: Flow) -> str:
    """Where the flow is worked on."""
    return reverse("protocols:flow", args=[flow.pk])


def _tell_owner(flow: Flow) -> None:
    case = flow.case
    if case.owner_id != flow.started_by_id:
        alert(
            recipients=recipients_leading(case),
            kind="high_risk",
            params={"number": case.number, "school": case.school.names},
            url=page_of_flow(flow),
        )


def _ring_where_nobody_hears(flow: Flow) -> None:
    """Whoever began it by an assessment is there; a pupil's answer may come when nobody is. What is kept from the
    school rings above it."""
    case, url = flow.case, page_of_flow(flow)
    unheard = flow.second_id is None or (flow.started_by_id is None and out_of_hours(case.school, flow.started_at))
    if unheard and not is_ringing(url):
        first = Rung.DISTRICT if is_kept_from_school(case) else Rung.SCHOOL
        parents = accounts_of_parents([case.pupil_id])
        call_duty(case.school, reason=DUTY_REASON, url=url, not_for=parents, first=first)
