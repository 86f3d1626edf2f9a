from caseflow.cases.models.assessments import RiskAssessment
from caseflow.cases.models.caseload import Caseload
from caseflow.cases.models.cases import BreakGlass, Case, CaseUserObjectPermission
from caseflow.cases.models.chronology import ChronologyEntry
from caseflow.cases.models.closing import ClosingRequest
from caseflow.cases.models.tasks import Task

__all__ = [
    "BreakGlass",
    "Case",
    "CaseUserObjectPermission",
    "Caseload",
    "ChronologyEntry",
    "ClosingRequest",
    "RiskAssessment",
    "Task",
]
