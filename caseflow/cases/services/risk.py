from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.cases.enums import EntryKind, RiskLevel
from caseflow.cases.following import assessed
from caseflow.cases.happening import FieldRefused
from caseflow.cases.models import RiskAssessment
from caseflow.cases.rules import CaseRefused, needs_formulation
from caseflow.cases.services.chronology import write_entry
from caseflow.cases.services.locking import hold_open_case, log
from caseflow.directory.actors import Actor
from caseflow.records.vault import seal, where


@transaction.atomic
def set_risk(actor: Actor, case_id: UUID, *, level: RiskLevel, basis: str, formulation: str = "") -> RiskAssessment:
    """Record an assessment and with it, and only with it, the case's risk level (rule 4).

    `formulation` is how its author understands what happened, what makes it worse and what protects. Raises
    Case.DoesNotExist, CaseRefused (closed case, no basis), FieldRefused (high or acute without a formulation).
    """
    case = hold_open_case(actor, case_id)
    if not basis.strip():
        raise CaseRefused(gettext("Write what the assessment is based on."))
    if needs_formulation(level) and not formulation.strip():
        raise FieldRefused(gettext("For high or acute risk, write how you understand it."), "formulation")
    assessment = RiskAssessment(case=case, level=level, by=actor.user, at=timezone.now())
    assessment.basis_sealed = seal(case.data_key, basis.strip(), _place(assessment, "basis"))
    assessment.formulation_sealed = seal(case.data_key, formulation.strip(), _place(assessment, "formulation"))
    assessment.save(force_insert=True)
    case.risk, case.risk_assessment = level, assessment
    case.save(update_fields=["risk", "risk_assessment"])
    write_entry(
        case,
        kind=EntryKind.ASSESSMENT,
        code="risk_assessed",
        author=actor.user,
        params={"level": str(level)},
        ref=f"assessment:{assessment.pk}",
        event_at=assessment.at,
    )
    log(actor, "case_risk_assessed", case, level=str(level), assessment=str(assessment.pk))
    assessed(actor, case, assessment)
    return assessment


def _place(assessment: RiskAssessment, field: str) -> str:
    return where("cases.RiskAssessment", assessment.pk, field)
