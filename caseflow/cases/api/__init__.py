"""Cases and tasks under /api/v1/: the same services, scopes and log entries as the pages."""

from rest_framework.viewsets import ViewSetMixin

from caseflow.cases.api.changing import CaseChanges
from caseflow.cases.api.moving import CaseMoves
from caseflow.cases.api.reading import CaseReadings
from caseflow.cases.api.tasks import TaskViewSet
from caseflow.cases.rules import CASE_ROLES
from caseflow.directory.enums import Role


class CaseViewSet(CaseReadings, CaseChanges, CaseMoves):
    """Cases of pupils in the actor's reach."""

    # A lead psychologist has a case by assignment or by breaking the glass, not by opening one.
    roles = {
        "*": CASE_ROLES,
        "create": frozenset({Role.PSYCHOLOGIST}),
        "of_pupil": frozenset({Role.PSYCHOLOGIST}),
        "workload": frozenset({Role.LEAD_PSYCHOLOGIST}),
        "agree_closing": frozenset({Role.LEAD_PSYCHOLOGIST}),
        "return_closing": frozenset({Role.LEAD_PSYCHOLOGIST}),
        "break_glass": frozenset({Role.LEAD_PSYCHOLOGIST}),
    }


API: list[tuple[str, type[ViewSetMixin], str]] = [
    ("cases", CaseViewSet, "case"),
    ("tasks", TaskViewSet, "task"),
]
