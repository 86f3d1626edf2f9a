"""Years, moves and people under /api/v1/: the same services and scopes as the pages."""

from rest_framework.viewsets import ViewSetMixin

from caseflow.schoolyear.api.moves import ComingOfAgeViewSet, SchoolMoveViewSet
from caseflow.schoolyear.api.staff import ClassLedViewSet, SchoolStaffViewSet, SubstituteViewSet
from caseflow.schoolyear.api.turns import YearTurnViewSet

API: list[tuple[str, type[ViewSetMixin], str]] = [
    ("year-turns", YearTurnViewSet, "year-turn"),
    ("school-moves", SchoolMoveViewSet, "school-move"),
    ("comings-of-age", ComingOfAgeViewSet, "coming-of-age"),
    ("class-teachers", ClassLedViewSet, "class-teacher"),
    ("substitutes", SubstituteViewSet, "substitute"),
    ("school-staff", SchoolStaffViewSet, "school-staff"),
]
