from rest_framework.viewsets import ViewSetMixin

from caseflow.clocks.api.absences import AbsenceViewSet
from caseflow.clocks.api.clocks import ClockViewSet
from caseflow.clocks.api.duty import DutyCallViewSet, DutyShiftViewSet
from caseflow.clocks.api.table import DeadlineRuleViewSet, OverdueViewSet

API: list[tuple[str, type[ViewSetMixin], str]] = [
    ("absences", AbsenceViewSet, "absence"),
    ("clocks", ClockViewSet, "clock"),
    ("deadlines", DeadlineRuleViewSet, "deadline"),
    ("duty-calls", DutyCallViewSet, "duty-call"),
    ("duty-shifts", DutyShiftViewSet, "duty-shift"),
    ("overdue", OverdueViewSet, "overdue"),
]
