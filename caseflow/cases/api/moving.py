from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from caseflow.cases import services
from caseflow.cases.api.refusing import RefusingViewSet
from caseflow.cases.enums import Stage
from caseflow.cases.models import Case
from caseflow.cases.serializers import (
    AskToCloseSerializer,
    CaseSerializer,
    ClosingAnswerSerializer,
    ClosingSerializer,
    ReasonSerializer,
    StageMoveSerializer,
    WayOnSerializer,
)
from caseflow.cases.services.reading import open_closing, open_ways
from caseflow.directory.endpoints import RefusalSerializer

CHANGED = {200: CaseSerializer, 409: RefusalSerializer}


class CaseMoves(RefusingViewSet):
    """How a case moves on, ends and begins anew."""

    queryset = Case.objects.none()
    serializer_class = CaseSerializer

    @extend_schema(responses=WayOnSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None)
    def ways(self, request: Request, pk: str) -> Response:
        """The stages the case may be moved to; none while a lead psychologist decides whether it is closed."""
        _file, onward = open_ways(self.actor, UUID(pk))
        return self.whole(onward.ways, WayOnSerializer)

    @extend_schema(request=StageMoveSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, pk: str) -> Response:
        """Move the case to another stage."""
        given = self.given(StageMoveSerializer)
        case = services.move_case(self.actor, UUID(pk), stage=Stage(given["stage"]), reason=given["reason"])
        return Response(CaseSerializer(case).data)

    @extend_schema(responses=ClosingSerializer)
    @action(detail=True, methods=["get"])
    def closing(self, request: Request, pk: str) -> Response:
        """What stands between the case and its end."""
        return self._closing(pk)

    @extend_schema(request=ReasonSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        """Close the case."""
        case = services.close_case(self.actor, UUID(pk), reason=self.given(ReasonSerializer)["reason"])
        return Response(CaseSerializer(case).data)

    @extend_schema(request=AskToCloseSerializer, responses={201: ClosingSerializer, 409: RefusalSerializer})
    @action(detail=True, methods=["post"], url_path="close/ask")
    def ask_closing(self, request: Request, pk: str) -> Response:
        """Ask a lead psychologist to agree that the case is closed, where the risk was high or acute."""
        given = self.given(AskToCloseSerializer)
        services.ask_to_close(self.actor, UUID(pk), membership_id=given["lead"], reason=given["reason"])
        return self._closing(pk, status.HTTP_201_CREATED)

    @extend_schema(request=ClosingAnswerSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"], url_path="close/agree")
    def agree_closing(self, request: Request, pk: str) -> Response:
        """Agree: the case is closed."""
        case = services.agree_to_close(self.actor, UUID(pk), text=self.given(ClosingAnswerSerializer)["text"])
        return Response(CaseSerializer(case).data)

    @extend_schema(request=ClosingAnswerSerializer, responses={200: ClosingSerializer, 409: RefusalSerializer})
    @action(detail=True, methods=["post"], url_path="close/return")
    def return_closing(self, request: Request, pk: str) -> Response:
        """Say what is to be done before the case may be closed."""
        services.return_closing(self.actor, UUID(pk), text=self.given(ClosingAnswerSerializer)["text"])
        return self._closing(pk)

    @extend_schema(request=None, responses={200: ClosingSerializer, 409: RefusalSerializer})
    @action(detail=True, methods=["post"], url_path="close/take-back")
    def take_back_closing(self, request: Request, pk: str) -> Response:
        """Take the wish to close back."""
        services.take_back_closing(self.actor, UUID(pk))
        return self._closing(pk)

    @extend_schema(request=ReasonSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str) -> Response:
        """Reopen a closed case."""
        case = services.reopen_case(self.actor, UUID(pk), reason=self.given(ReasonSerializer)["reason"])
        return Response(CaseSerializer(case).data)

    def _closing(self, pk: str, code: int = status.HTTP_200_OK) -> Response:
        _file, closing = open_closing(self.actor, UUID(pk))
        return Response(ClosingSerializer(closing).data, status=code)
