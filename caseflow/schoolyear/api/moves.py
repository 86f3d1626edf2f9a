from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from caseflow.directory.endpoints import RefusalSerializer
from caseflow.schoolyear.api.refusing import OfficeViewSet
from caseflow.schoolyear.models import ComingOfAge, SchoolMove
from caseflow.schoolyear.selectors.ages import LISTED, codes_to_hand_over
from caseflow.schoolyear.selectors.moves import moves_of
from caseflow.schoolyear.serializers import (
    ArrivalSerializer,
    ComingOfAgeSerializer,
    LeavingSerializer,
    LeftSerializer,
    MovesSerializer,
    SchoolMoveSerializer,
    TakenInSerializer,
)
from caseflow.schoolyear.services.moves import record_leaving, take_in, take_leaving_back

REFUSED = {409: RefusalSerializer}


class SchoolMoveViewSet(OfficeViewSet):
    """Pupils who leave and pupils who are taken in. Whoever waits elsewhere is found by code or number alone."""

    serializer_class = SchoolMoveSerializer
    queryset = SchoolMove.objects.none()
    pagination_class = None

    @extend_schema(responses=MovesSerializer)
    def list(self, request: Request) -> Response:
        """Who leaves, and who was taken in."""
        return Response(MovesSerializer(moves_of(self.actor)).data)

    @extend_schema(request=LeavingSerializer, responses={201: LeftSerializer, **REFUSED})
    def create(self, request: Request) -> Response:
        """Record that a pupil leaves. The code is told this once."""
        data = self.given(LeavingSerializer)
        move, code = record_leaving(self.actor, data["pupil"], LeavingSerializer.said(data))
        return Response(LeftSerializer({"move": move, "code": code}).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """The pupil stays after all."""
        take_leaving_back(self.actor, UUID(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=ArrivalSerializer, responses={201: TakenInSerializer, **REFUSED})
    @action(detail=False, methods=["post"], url_path="take-in")
    def take_in(self, request: Request) -> Response:
        """Take in whoever was said to come here."""
        taken = take_in(self.actor, ArrivalSerializer.said(self.given(ArrivalSerializer)))
        return Response(TakenInSerializer(taken).data, status=status.HTTP_201_CREATED)


class ComingOfAgeViewSet(OfficeViewSet):
    """Pupils who are 18 and have no account of their own yet."""

    serializer_class = ComingOfAgeSerializer
    queryset = ComingOfAge.objects.none()

    @extend_schema(responses=ComingOfAgeSerializer(many=True))
    def list(self, request: Request) -> Response:
        """The newest first."""
        return self.paged(codes_to_hand_over(self.actor)[:LISTED], ComingOfAgeSerializer)
