from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from caseflow.directory.actors import Actor
from caseflow.directory.endpoints import ScopedViewSet
from caseflow.directory.enums import Role
from caseflow.directory.models import Agency, Camera, LessonSlot, Room, School, SchoolYear
from caseflow.directory.selectors import (
    agencies_listed,
    cameras_of,
    coming_holidays,
    rooms_with_cameras,
    school_years,
    schools_served,
    schools_with_counts,
    timetable_of,
)
from caseflow.directory.serializers import (
    AgencySerializer,
    CameraSerializer,
    HolidaySerializer,
    LessonSerializer,
    RoomSerializer,
    SchoolSerializer,
    SchoolYearSerializer,
    ServedSchoolSerializer,
)

ADMINISTRATOR = frozenset({Role.SYSTEM_ADMIN})
OFFICE = frozenset({Role.SCHOOL_ADMIN})


class ListedViewSet(ListModelMixin, ScopedViewSet):
    """A list of what the actor reaches."""

    def rows(self, actor: Actor) -> Any:
        """The rows in the actor's reach."""
        raise NotImplementedError

    def get_queryset(self) -> Any:
        actor = getattr(self.request, "actor", None)
        return self.rows(actor) if actor else super().get_queryset()  # nobody acts while the schema is drawn


class SchoolViewSet(ListedViewSet):
    """Schools the administrator serves, with the size of the roll."""

    roles = {"*": ADMINISTRATOR}
    serializer_class = SchoolSerializer
    queryset = School.objects.none()

    def rows(self, actor: Actor) -> Any:
        return schools_with_counts(actor)


class ServedSchoolViewSet(ListedViewSet):
    """The schools one's own unit serves, with what is needed to reach them."""

    roles = {"*": frozenset({Role.POLICE_OPERATOR, Role.DUTY_PERSON, Role.DRILL_OFFICER})}
    serializer_class = ServedSchoolSerializer
    queryset = School.objects.none()

    def rows(self, actor: Actor) -> Any:
        return schools_served(actor)


class AgencyViewSet(ListedViewSet):
    """The agencies of the installation."""

    roles = {"*": ADMINISTRATOR}
    serializer_class = AgencySerializer
    queryset = Agency.objects.none()

    def rows(self, actor: Actor) -> Any:
        return agencies_listed()


class SchoolYearViewSet(ListedViewSet):
    """The school years of all regions with their breaks."""

    roles = {"*": ADMINISTRATOR}
    serializer_class = SchoolYearSerializer
    queryset = SchoolYear.objects.none()

    def rows(self, actor: Actor) -> Any:
        return school_years()


class LessonViewSet(ListedViewSet):
    """The weekly timetable of one's own school."""

    roles = {"*": frozenset({Role.PSYCHOLOGIST, Role.SCHOOL_ADMIN})}
    serializer_class = LessonSerializer
    queryset = LessonSlot.objects.none()

    def rows(self, actor: Actor) -> Any:
        return timetable_of(actor)


class RoomViewSet(ListedViewSet):
    """The rooms of one's own school with their cameras."""

    roles = {"*": OFFICE}
    serializer_class = RoomSerializer
    queryset = Room.objects.none()

    def rows(self, actor: Actor) -> Any:
        return rooms_with_cameras(actor)


class CameraViewSet(ListedViewSet):
    """The camera register of one's own school."""

    roles = {"*": OFFICE}
    serializer_class = CameraSerializer
    queryset = Camera.objects.none()

    def rows(self, actor: Actor) -> Any:
        return cameras_of(actor)


class HolidayViewSet(ScopedViewSet):
    """Public holidays and school breaks ahead."""

    roles = {"*": OFFICE}
    serializer_class = HolidaySerializer
    queryset = SchoolYear.objects.none()

    @extend_schema(responses=HolidaySerializer(many=True))
    def list(self, request: Request) -> Response:
        """Those of the next 120 days, the nearest first."""
        return self.paged(coming_holidays(self.actor), HolidaySerializer)
