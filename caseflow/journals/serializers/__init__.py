from caseflow.journals.serializers.forms import JournalFormSerializer, NewJournalFormSerializer
from caseflow.journals.serializers.journals import (
    AskedJournalSerializer,
    ExplainedSerializer,
    JournalLineSerializer,
    WorkSerializer,
    WorkWordsSerializer,
)
from caseflow.journals.serializers.plans import (
    AskedYearSerializer,
    EndPlanItemSerializer,
    NewPlanItemSerializer,
    PlanItemSerializer,
    PlanRemarkSerializer,
    YearPlanSerializer,
    YearSerializer,
)
from caseflow.journals.serializers.reports import AnnualReportSerializer, ReportWordsSerializer

__all__ = [
    "AnnualReportSerializer",
    "AskedJournalSerializer",
    "AskedYearSerializer",
    "EndPlanItemSerializer",
    "ExplainedSerializer",
    "JournalFormSerializer",
    "JournalLineSerializer",
    "NewJournalFormSerializer",
    "NewPlanItemSerializer",
    "PlanItemSerializer",
    "PlanRemarkSerializer",
    "ReportWordsSerializer",
    "WorkSerializer",
    "WorkWordsSerializer",
    "YearPlanSerializer",
    "YearSerializer",
]
