from caseflow.journals.models.forms import FormVersion
from caseflow.journals.models.planning import PlanItem, YearPlan
from caseflow.journals.models.records import ResultRecord, WorkRecord
from caseflow.journals.models.reports import ReportWords, SignedReport

__all__ = ["FormVersion", "PlanItem", "ReportWords", "ResultRecord", "SignedReport", "WorkRecord", "YearPlan"]
