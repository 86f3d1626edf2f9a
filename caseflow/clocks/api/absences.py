"""Who is away and who stands in, under /api/v1/: the same services and scopes as the page."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from caseflow.clocks.models import Absence
from caseflow.clocks.selectors.absences import absences_seen, absentee, possible_stand_ins, standing_in
from caseflow.clocks.selectors.table import STAFF
from caseflow.clocks.serializers import (
    AbsenceSerializer,
    AskedForSerializer,
    NewAbsenceSerializer,
    PersonAwaySerializer,
)
from caseflow.clocks.services import BadAbsenceError, end_absence, enter_absence
from caseflow.directory.endpoints import ScopedViewSet


class AbsenceViewSet(ScopedViewSet):
    """The own absences, and those of the people whom a lead psychologist leads."""

    roles = {"*": frozenset(STAFF)}
    serializer_class = AbsenceSerializer
    queryset = Absence.objects.none()

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, BadAbsenceError):
            return super().handle_exception(ValidationError(str(exc)))
        return super().handle_exception(exc)

    @extend_schema(responses=AbsenceSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Those that are not over, the nearest first."""
        return self.paged(absences_seen(self.actor), AbsenceSerializer)

    @extend_schema(request=NewAbsenceSerializer, responses={201: AbsenceSerializer})
    def create(self, request: Request) -> Response:
        """Enter an absence; who stands in is told."""
        absence = enter_absence(self.actor, **self.given(NewAbsenceSerializer))
        return Response(AbsenceSerializer(absence).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Somebody is back, or does not go."""
        end_absence(self.actor, UUID(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=AbsenceSerializer(many=True))
    @action(detail=False, methods=["get"], url_path="standing-in")
    def standing_in(self, request: Request) -> Response:
        """For whom one stands in, now or soon."""
        return self.paged(standing_in(self.actor), AbsenceSerializer)

    @extend_schema(parameters=[AskedForSerializer], responses=PersonAwaySerializer(many=True))
    @action(detail=False, methods=["get"], url_path="stand-ins")
    def stand_ins(self, request: Request) -> Response:
        """Who can stand in."""
        who = absentee(self.actor, self.asked(AskedForSerializer)["member_id"])
        return self.paged(possible_stand_ins(who), PersonAwaySerializer)
