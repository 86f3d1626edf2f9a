from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.cases.enums import EntryKind, RiskLevel
from caseflow.cases.following import assessed
from caseflow.cases.models import RiskAssessment
from caseflow.cases.rules import CaseRefused
from caseflow.cases.services.chronology import write_entry
from caseflow.cases.services.locking import hold_open_case, log
from caseflow.directory.actors import Actor
from caseflow.records.vault import seal, where


@transaction.atomic
def set_risk(actor: Actor, case_id: UUID, *, level: RiskLevel, basis: str) -> RiskAssessment:
    """Record an assessment and with it, and only with it, the case's risk level (rule 4).

    Raises Case.DoesNotExist, CaseRefused (closed case, no basis).
    """
    case = hold_open_case(actor, case_id)
    if not basis.strip():
        raise CaseRefused(gettext("Write what the assessment is based on."))
    assessment = RiskAssessment(case=case, level=level, by=actor.user, at=timezone.now())
    place = where("cases.RiskAssessment", assessment.pk, "basis")
    assessment.basis_sealed = seal(case.data_key, basis.strip(), place)
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
