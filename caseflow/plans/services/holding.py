"""How a change takes hold of a plan: the case is locked, so two people never write the same plan at once."""

from uuid import UUID

from django.utils.translation import gettext

from caseflow.cases.models import Case
from caseflow.cases.rules import CaseRefused
from caseflow.cases.services.locking import hold_open_case
from caseflow.directory.actors import Actor
from caseflow.plans.models import SafetyPlan
from caseflow.plans.rules import PlanText
from caseflow.plans.selectors.versions import draft_of, draft_place
from caseflow.records.vault import seal


def hold_draft(actor: Actor, case_id: UUID, seen_sha256: str) -> tuple[Case, SafetyPlan, PlanText]:
    """The open case, its plan, and the draft as the actor has seen it.

    Raises Case.DoesNotExist, CaseRefused (closed case, no draft, somebody has changed it since).
    """
    case, plan, draft = hold_written(actor, case_id)
    if draft.sha256 != seen_sha256:
        raise CaseRefused(gettext("Somebody has changed the text meanwhile. Open it anew; nothing was saved."))
    return case, plan, draft


def hold_written(actor: Actor, case_id: UUID) -> tuple[Case, SafetyPlan, PlanText]:
    """The open case, its plan, and the draft as it stands. Raises Case.DoesNotExist, CaseRefused (closed case, no
    draft)."""
    case = hold_open_case(actor, case_id)
    plan = SafetyPlan.objects.filter(case=case).first()
    draft = draft_of(case, plan) if plan else None
    if plan is None or draft is None:
        raise CaseRefused(gettext("Nothing is being written on the safety plan. Begin a new version first."))
    return case, plan, draft


def hold_plan(actor: Actor, case_id: UUID) -> tuple[Case, SafetyPlan]:
    """The open case and its plan. Raises Case.DoesNotExist, SafetyPlan.DoesNotExist, CaseRefused (closed case)."""
    case = hold_open_case(actor, case_id)
    return case, SafetyPlan.objects.get(case=case)


def sealed_draft(case: Case, plan: SafetyPlan, text: PlanText) -> bytes:
    return seal(case.data_key, text.written(), draft_place(plan))
