from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from caseflow.directory.endpoints import RefusalSerializer
from caseflow.schoolyear.api.refusing import OfficeViewSet
from caseflow.schoolyear.models import YearTurn
from caseflow.schoolyear.selectors.turns import preview_of, turns_of
from caseflow.schoolyear.serializers import (
    ClassesSaidSerializer,
    PupilSaidSerializer,
    TurnPreviewSerializer,
    YearTurnSerializer,
)
from caseflow.schoolyear.services.turning import confirm_turn, place_pupil, prepare_turn, say_classes, say_pupils

REFUSED = {409: RefusalSerializer}


class YearTurnViewSet(OfficeViewSet):
    """How the own school goes over to the next school year."""

    serializer_class = YearTurnSerializer
    queryset = YearTurn.objects.none()

    @extend_schema(responses=YearTurnSerializer(many=True))
    def list(self, request: Request) -> Response:
        """The newest first."""
        return self.paged(turns_of(self.actor), YearTurnSerializer)

    @extend_schema(request=None, responses={201: YearTurnSerializer, **REFUSED})
    def create(self, request: Request) -> Response:
        """Begin to prepare the next year, or go on."""
        turn = prepare_turn(self.actor)
        return Response(YearTurnSerializer(turn).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses=TurnPreviewSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """The plan with what confirming it would do."""
        return Response(TurnPreviewSerializer(preview_of(turns_of(self.actor).get(pk=UUID(pk)))).data)

    @extend_schema(request=ClassesSaidSerializer, responses={200: YearTurnSerializer, **REFUSED})
    @action(detail=True, methods=["post"])
    def classes(self, request: Request, pk: str) -> Response:
        """Say what becomes of classes."""
        data = self.given(ClassesSaidSerializer)
        said, carries = ClassesSaidSerializer.said(data), data["carries_timetable"]
        return Response(YearTurnSerializer(say_classes(self.actor, UUID(pk), said, carries_timetable=carries)).data)

    @extend_schema(request=PupilSaidSerializer, responses={204: None, **REFUSED})
    @action(detail=True, methods=["post"])
    def pupils(self, request: Request, pk: str) -> Response:
        """Say where one pupil goes."""
        said = self.given(PupilSaidSerializer)
        turns_of(self.actor).get(pk=UUID(pk))
        if said["class_turn"] is None:
            place_pupil(self.actor, UUID(pk), said["pupil"], said["target"])
        else:
            say_pupils(self.actor, said["class_turn"], {said["pupil"]: said["target"]})
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses={200: YearTurnSerializer, **REFUSED})
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str) -> Response:
        """Have it carried out on the first day, at once where that has come."""
        return Response(YearTurnSerializer(confirm_turn(self.actor, UUID(pk))).data)
