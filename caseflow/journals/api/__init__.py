"""What the service keeps, under /api/v1/: the same services and scopes as the pages."""

from rest_framework.viewsets import ViewSetMixin

from caseflow.journals.api.journals import JournalFormViewSet, JournalViewSet, ResultRecordViewSet, WorkRecordViewSet
from caseflow.journals.api.plans import AnnualReportViewSet, PlanItemViewSet, YearPlanViewSet

API: list[tuple[str, type[ViewSetMixin], str]] = [
    ("journals", JournalViewSet, "journal"),
    ("work-records", WorkRecordViewSet, "work-record"),
    ("result-records", ResultRecordViewSet, "result-record"),
    ("journal-forms", JournalFormViewSet, "journal-form"),
    ("year-plans", YearPlanViewSet, "year-plan"),
    ("plan-items", PlanItemViewSet, "plan-item"),
    ("annual-reports", AnnualReportViewSet, "annual-report"),
]
