from datetime import date
from uuid import UUID

from django.utils.translation import gettext
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from analytics.models import SeatConfirmation, SeatPlan
from analytics.rules.readers import DRAWS
from analytics.selectors.confirming import lesson_seats, lessons_to_confirm
from analytics.selectors.seat_plans import listed_plans
from analytics.serializers.seats import (
    LessonSeatsSerializer,
    OthersSerializer,
    PlanPageSerializer,
    PlanSerializer,
    SeatsSaidSerializer,
    TaughtSerializer,
)
from analytics.services.confirming import NotOnThisMapError, NotTaughtError, RedrawnError, confirm_seats
from analytics.services.seat_plans import open_version
from caseflow.directory.endpoints import ConflictError, RefusalSerializer, ScopedViewSet
from caseflow.directory.enums import Role
from caseflow.directory.models import LessonSlot

KEY = OpenApiParameter(
    "id", OpenApiTypes.STR, OpenApiParameter.PATH, description="The lesson, its day and the camera: 12_2026-11-17_3"
)


class SeatPlanViewSet(ScopedViewSet):
    """Who sits where before the cameras of one's own school: versions, never changed. Drawn on the page."""

    roles = {"*": frozenset(DRAWS)}
    queryset = SeatPlan.objects.none()
    serializer_class = PlanSerializer

    @extend_schema(responses=PlanSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Every version, by camera and class, the newest first."""
        return self.paged(listed_plans(self.actor), PlanSerializer)

    @extend_schema(responses=PlanPageSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One version with its seats, each open or closed now, never why. The reading is logged."""
        return Response(PlanPageSerializer(open_version(self.actor, UUID(pk))).data)


@extend_schema_view(
    retrieve=extend_schema(parameters=[KEY], responses=LessonSeatsSerializer),
    confirm=extend_schema(
        parameters=[KEY], request=SeatsSaidSerializer, responses={201: LessonSeatsSerializer, 409: RefusalSerializer}
    ),
)
class ConfirmationViewSet(ScopedViewSet):
    """Lessons of the last seven days whose teacher says who sat where."""

    roles = {"*": frozenset({Role.TEACHER, Role.CLASS_TEACHER})}
    lookup_value_regex = r"[0-9]{1,18}_[0-9]{4}-[0-9]{2}-[0-9]{2}_[0-9]{1,18}"
    queryset = SeatConfirmation.objects.none()
    serializer_class = TaughtSerializer

    @extend_schema(parameters=[OthersSerializer], responses=TaughtSerializer(many=True))
    def list(self, request: Request) -> Response:
        """One's own lessons, the newest first; with `others` those a teacher may have taught in another's place."""
        others = self.asked(OthersSerializer)["others"] and self.actor.role == Role.TEACHER
        return self.paged(lessons_to_confirm(self.actor, substitutes=others), TaughtSerializer)

    def retrieve(self, request: Request, pk: str) -> Response:
        """The map of one lesson, with what was said last."""
        return Response(LessonSeatsSerializer(lesson_seats(self.actor, *_lesson(pk))).data)

    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str) -> Response:
        """Say who sat where; the latest word counts. 409 where the seats were drawn anew in the meantime."""
        said = SeatsSaidSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        try:
            confirm_seats(self.actor, *_lesson(pk), said.said())
        except RedrawnError as redrawn:
            text = gettext("The seats were drawn anew in the meantime. This is the new map; look at it again.")
            raise ConflictError(text) from redrawn
        except NotTaughtError as refused:
            text = gettext("Tick that you taught this lesson, or leave it to its teacher.")
            raise ValidationError({"taught": [text]}) from refused
        except NotOnThisMapError as refused:
            text = gettext("Something was left out. Look at the seats again.")
            raise ValidationError({"different": [text]}) from refused
        seats = lesson_seats(self.actor, *_lesson(pk))
        return Response(LessonSeatsSerializer(seats).data, status=status.HTTP_201_CREATED)


def _lesson(key: str) -> tuple[int, date, int]:
    """The lesson, its day and the camera. Raises LessonSlot.DoesNotExist for a day that no calendar has."""
    slot, day, camera = key.split("_")
    try:
        return int(slot), date.fromisoformat(day), int(camera)
    except ValueError as error:
        raise LessonSlot.DoesNotExist from error
