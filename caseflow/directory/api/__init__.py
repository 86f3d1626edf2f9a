"""Units, people, lessons and the access log under /api/v1/: the same selectors and scopes as the pages."""

from rest_framework.viewsets import ViewSetMixin

from caseflow.directory.api.access_log import AccessLogViewSet
from caseflow.directory.api.people import MemberViewSet, PupilViewSet, SchoolClassViewSet
from caseflow.directory.api.places import (
    AgencyViewSet,
    CameraViewSet,
    HolidayViewSet,
    LessonViewSet,
    RoomViewSet,
    SchoolViewSet,
    SchoolYearViewSet,
    ServedSchoolViewSet,
)
from caseflow.directory.api.searching import SearchViewSet

API: list[tuple[str, type[ViewSetMixin], str]] = [
    ("schools", SchoolViewSet, "school"),
    ("served-schools", ServedSchoolViewSet, "served-school"),
    ("agencies", AgencyViewSet, "agency"),
    ("school-years", SchoolYearViewSet, "school-year"),
    ("classes", SchoolClassViewSet, "class"),
    ("pupils", PupilViewSet, "pupil"),
    ("search", SearchViewSet, "search"),
    ("members", MemberViewSet, "member"),
    ("lessons", LessonViewSet, "lesson"),
    ("holidays", HolidayViewSet, "holiday"),
    ("rooms", RoomViewSet, "room"),
    ("cameras", CameraViewSet, "camera"),
    ("access-log", AccessLogViewSet, "access-log"),
]
