"""Which tasks tell something confidential by their title: to look again after high risk, or at a safety plan."""

from collections.abc import Mapping

from caseflow.cases.models import Case
from caseflow.dossier.enums import Part
from caseflow.plans.models import SafetyPlanVersion


def telling_tasks(case: Case) -> Mapping[str, Part]:
    """The refs of such tasks ("task:<uuid>") and what they tell. Two queries."""
    reviews = SafetyPlanVersion.objects.filter(plan__case=case).values_list("review", flat=True)
    of_flows = case.entries.filter(code="task_given", params__about="flow").values_list("ref", flat=True)
    return {f"task:{pk}": Part.SAFETY for pk in reviews} | dict.fromkeys(of_flows, Part.RISK)
