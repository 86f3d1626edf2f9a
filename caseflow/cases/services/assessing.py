from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from caseflow.cases.enums import RiskLevel
from caseflow.cases.meanwhile import Saved, SavedMeanwhile
from caseflow.cases.models import Case, RiskAssessment
from caseflow.cases.selectors.assessments import read_assessment
from caseflow.cases.services.locking import hold_open_case
from caseflow.cases.services.risk import set_risk
from caseflow.directory.actors import Actor


@transaction.atomic
def assess_after(
    actor: Actor, case_id: UUID, *, level: RiskLevel, basis: str, after: UUID | None, formulation: str = ""
) -> RiskAssessment:
    """Record an assessment by somebody who has seen the one named `after` as the newest (None: there was none).

    Raises as `set_risk`, and SavedMeanwhile where a newer one stands.
    """
    case = hold_open_case(actor, case_id)
    newest = case.assessments.select_related("by").first()
    if newest is not None and newest.pk != after:
        raise SavedMeanwhile(gettext("The risk has been assessed meanwhile."), _saved(case, newest))
    return set_risk(actor, case_id, level=level, basis=basis, formulation=formulation)


def _saved(case: Case, newest: RiskAssessment) -> Saved:
    said = read_assessment(case, newest)
    return Saved(
        newest.pk, said.basis, newest.by.short_name, newest.at, level=newest.level, formulation=said.formulation
    )
