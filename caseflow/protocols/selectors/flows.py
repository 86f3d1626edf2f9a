"""The flows of a case as one reader sees them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from caseflow.cases.enums import GRAVE
from caseflow.cases.models import Case
from caseflow.cases.rules import Obstacle
from caseflow.cases.selectors import scoped_cases
from caseflow.cases.selectors.standing import was_grave
from caseflow.cases.wordings import words_of
from caseflow.directory.actors import Actor
from caseflow.protocols.enums import Evidence
from caseflow.protocols.models import HIGH_RISK, Flow, FlowStep
from caseflow.protocols.rules import StepState, may_waive, missing_parts
from caseflow.records.vault import unseal, where

AROUND = ("version__protocol", "case__data_key", "case__pupil", "case__owner", "case__school__district", "second")


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step with its proof in clear. `mine`: this reader may do it now; `waivable`: it may be found not to apply.

    `given`: it waits with somebody else who has it as a task, which this reader may complete for them.
    """

    row: FlowStep
    proof: str
    mine: bool
    waivable: bool
    given: bool = False


@dataclass(frozen=True, slots=True)
class FlowPage:
    """A flow as its page shows it. `may_end`: this reader may ask for its end, `may_confirm`: may agree to it."""

    flow: Flow
    steps: list[StepRow]
    end_reason: str
    may_ask_end: bool
    may_confirm: bool

    @property
    def open_steps(self) -> int:
        return sum(1 for row in self.steps if row.row.done_at is None)


def scoped_flows(actor: Actor) -> QuerySet[Flow]:
    """The flows of the cases the actor may open."""
    return Flow.objects.filter(case__in=scoped_cases(actor).values("pk")).select_related(*AROUND)


def flows_of(case: Case) -> QuerySet[Flow]:
    """Running ones first, then the newest."""
    return Flow.objects.filter(case=case).select_related("version__protocol", "second").order_by("-started_at")


def running_high_risk(case: Case) -> Flow | None:
    """The high-risk flow that runs in the case."""
    running = Flow.objects.filter(case=case, ended_at=None, version__protocol__code=HIGH_RISK)
    return running.select_related(*AROUND).first()


def is_cleared(flow: Flow) -> bool:
    """Whether a person has assessed the risk since it last called for one, and nobody found it high or acute since the
    flow began."""
    levels = dict(flow.case.assessments.filter(at__gte=flow.started_at).values_list("at", "level"))
    return any(at >= flow.called_at for at in levels) and not GRAVE & set(levels.values())


def states_of(flow: Flow) -> list[StepState]:
    """The steps of a flow as the rules see them. One query."""
    steps = flow.steps.select_related("step")
    return [StepState(step.step.part, step.done_at is not None) for step in steps]


def flow_page(actor: Actor, flow_id: UUID) -> FlowPage:
    """The flow with everything its page shows. Raises Flow.DoesNotExist outside the actor's scope."""
    flow = scoped_flows(actor).select_related(*AROUND, "started_by", "end_asked_by", "ended_by").get(pk=flow_id)
    cleared = is_cleared(flow)
    steps = list(flow.steps.select_related("step", "clock", "done_by", "task__owner"))
    for step in steps:
        step.flow = flow
    rows = [_row(actor, flow, step, cleared=cleared) for step in steps]
    all_done = all(step.done_at for step in steps)
    asked = flow.end_asked_by_id
    return FlowPage(
        flow,
        rows,
        unseal(flow.case.data_key, flow.end_reason_sealed, where("protocols.Flow", flow.pk, "end_reason")),
        may_ask_end=flow.is_running and all_done and asked is None,
        may_confirm=flow.is_running and asked is not None and asked != actor.user.pk,
    )


def proof_of(step: FlowStep, case: Case) -> str:
    """The proof in clear: what the program says to it, in the reader's language, and what a person wrote."""
    words = unseal(case.data_key, step.proof_sealed, where("protocols.FlowStep", step.pk, "proof"))
    return f"{words_of(step.proof_written)} {words}".strip()


def assessed_since(case: Case, moment: datetime) -> bool:
    """Whether a person has assessed the risk since then."""
    return case.assessments.filter(at__gte=moment).exists()


def refusal_to_close(actor: Actor, case: Case) -> Obstacle | None:
    """What of rule 16 is missing before the case may be closed, with the first step that is; None when nothing is.

    A case that was at high or acute risk, or in which a high-risk flow began, needs all five parts and an end of the
    flow to which two people agreed.
    """
    flows = Flow.objects.filter(case=case, version__protocol__code=HIGH_RISK, started_at__gte=case.working_since)
    latest = flows.order_by("-started_at").first()
    if latest is None:
        return _not_begun(case) if was_grave(case) else None
    page, steps = reverse("protocols:flow", args=[latest.pk]), gettext("To the steps")
    missing = missing_parts(states_of(latest))
    if missing:
        parts = ", ".join(str(part.label) for part in missing)
        said = gettext("Of what high risk requires, this is missing: %(parts)s.") % {"parts": parts}
        first = latest.steps.filter(step__part__in=missing, done_at=None).first()
        return Obstacle(said, f"{page}#step-{first.key}" if first else page, steps)
    if latest.is_running:
        said = gettext("The high-risk flow goes on. Two people end it before the case is closed.")
        return Obstacle(said, page, steps)
    return None


def _not_begun(case: Case) -> Obstacle:
    said = gettext("The risk was high or acute. Begin the high-risk flow first.")
    return Obstacle(said, reverse("cases:detail", args=[case.pk]), gettext("To the case"))


def _row(actor: Actor, flow: Flow, step: FlowStep, *, cleared: bool) -> StepRow:
    waiting = step.done_at is None and flow.is_running
    by_second = step.step.evidence == Evidence.SECOND
    given = step.task is not None and (step.task.owner_id, step.task.owner_role) != (actor.user.pk, actor.role)
    return StepRow(
        step,
        proof_of(step, flow.case),
        mine=waiting and not given and (not by_second or flow.second_id == actor.user.pk),
        waivable=waiting and may_waive(step.step.part, cleared=cleared),
        given=waiting and given,
    )
