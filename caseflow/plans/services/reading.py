"""Opening plans: what is shown and the entry that it was shown are one transaction (rule 24)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from caseflow.audit.services import record
from caseflow.cases.models import Case
from caseflow.cases.selectors.pages import CaseFile, case_file
from caseflow.cases.selectors.scope import scoped_cases
from caseflow.cases.services.locking import log
from caseflow.directory.actors import Actor
from caseflow.directory.models import Guardian
from caseflow.plans.models import Goal, SafetyPlanVersion
from caseflow.plans.paper import lacks, safety_pdf
from caseflow.plans.rules import PlanText
from caseflow.plans.selectors.support import (
    GoalRow,
    SupportPlan,
    goals_of,
    list_support_plans,
    support_plan,
)
from caseflow.plans.selectors.versions import Safety, Version, read_version, readers_of, review_day, safety_of


@dataclass(frozen=True, slots=True)
class Plans:
    """Both plans of a case, on the case's page."""

    file: CaseFile
    safety: Safety
    goals: list[GoalRow]


@dataclass(frozen=True, slots=True)
class ToSign:
    """The draft as it is read aloud, None where there is none. `missing` says what it lacks, as sentences."""

    case: Case
    text: PlanText | None
    missing: list[str]
    review_on: date


@dataclass(frozen=True, slots=True)
class ToCountersign:
    """What is shared of the newest version, and the guardians who may still sign it."""

    case: Case
    version: Version
    shared: PlanText
    guardians: list[Guardian]


@transaction.atomic
def open_plans(actor: Actor, case_id: UUID) -> Plans:
    """Both plans of the case. Raises Case.DoesNotExist."""
    file = case_file(actor, case_id)
    log(actor, "plans_read", file.case)
    return Plans(file, safety_of(file.case), goals_of(file.case))


@transaction.atomic
def open_safety(actor: Actor, case_id: UUID) -> tuple[Case, Safety]:
    """The case with its safety plan. Raises Case.DoesNotExist."""
    case = _case(actor, case_id)
    log(actor, "safety_plan_read", case)
    return case, safety_of(case)


@transaction.atomic
def open_version(actor: Actor, case_id: UUID, number: int) -> tuple[Case, Version]:
    """A signed version. Raises Case.DoesNotExist, SafetyPlanVersion.DoesNotExist."""
    case = _case(actor, case_id)
    version = _versions(case).get(number=number)
    log(actor, "safety_plan_read", case, version=number)
    return case, read_version(case, version)


@transaction.atomic
def print_version(actor: Actor, case_id: UUID, number: int, language: str) -> bytes:
    """A signed version as a PDF. Raises Case.DoesNotExist, SafetyPlanVersion.DoesNotExist."""
    case = _case(actor, case_id)
    version = _versions(case).get(number=number)
    log(actor, "safety_plan_printed", case, version=number, language=language)
    return safety_pdf(read_version(case, version), language)


@transaction.atomic
def open_signing(actor: Actor, case_id: UUID) -> ToSign:
    """What is read aloud and signed. Raises Case.DoesNotExist."""
    case, safety = open_safety(actor, case_id)
    missing = lacks(safety.draft) if safety.draft else []
    return ToSign(case, safety.draft, missing, review_day())


@transaction.atomic
def open_countersigning(actor: Actor, case_id: UUID) -> ToCountersign:
    """What a guardian is shown to sign. Raises Case.DoesNotExist, SafetyPlanVersion.DoesNotExist."""
    case = _case(actor, case_id)
    version = read_version(case, _versions(case).latest("number"))
    signed = {each.signature.guardian_id for each in version.signed}
    log(actor, "safety_plan_read", case, version=version.version.number)
    return ToCountersign(case, version, version.text.shared, [one for one in readers_of(case) if one.pk not in signed])


@transaction.atomic
def open_support(actor: Actor, case_id: UUID) -> SupportPlan:
    """The goals and measures of a case. Raises Case.DoesNotExist."""
    plan = support_plan(actor, case_id)
    log(actor, "support_plan_read", plan.case)
    return plan


@transaction.atomic
def open_goal(actor: Actor, case_id: UUID, goal_id: UUID) -> tuple[Case, GoalRow]:
    """A goal that something is to be done with. Raises Case.DoesNotExist, Goal.DoesNotExist."""
    case = _case(actor, case_id)
    row = next((row for row in goals_of(case) if row.goal.pk == goal_id), None)
    if row is None:
        raise Goal.DoesNotExist
    log(actor, "support_plan_read", case)
    return case, row


@transaction.atomic
def open_to_set_goal(actor: Actor, case_id: UUID) -> Case:
    """The case for which a goal is set. Raises Case.DoesNotExist."""
    case = _case(actor, case_id)
    log(actor, "support_plan_read", case)
    return case


@transaction.atomic
def open_support_plans(actor: Actor) -> QuerySet[Case]:
    """The support plans in the actor's reach; that their list was read is one entry in the log."""
    record(action="support_plans_read", actor_id=actor.user.pk, role=actor.role, obj="plans.Goal")
    return list_support_plans(actor)


def _case(actor: Actor, case_id: UUID) -> Case:
    cases = scoped_cases(actor).select_related("school__district", "pupil__school_class", "data_key", "owner")
    return cases.get(pk=case_id)


def _versions(case: Case) -> QuerySet[SafetyPlanVersion]:
    return SafetyPlanVersion.objects.filter(plan__case=case).select_related("read_aloud_by", "review__clock")
