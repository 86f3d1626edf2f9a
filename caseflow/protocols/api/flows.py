from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from caseflow.cases.rules import CASE_ROLES, CaseRefused
from caseflow.directory.endpoints import UUID_PATTERN, ConflictError, RefusalSerializer, ScopedViewSet
from caseflow.protocols import services
from caseflow.protocols.models import Flow
from caseflow.protocols.rules import FlowRefused, Outside
from caseflow.protocols.selectors.own import own_flows
from caseflow.protocols.serializers import (
    FlowPageSerializer,
    FlowsOfCaseSerializer,
    LooksSerializer,
    OwnFlowSerializer,
    SecondSerializer,
    StepDoneSerializer,
    WordsSerializer,
)

CHANGED = {200: FlowPageSerializer, 409: RefusalSerializer}
STEP = f"steps/(?P<step>{UUID_PATTERN})"


class FlowViewSet(ScopedViewSet):
    """Protocols at work in the cases that the reader may open."""

    queryset = Flow.objects.none()
    serializer_class = FlowPageSerializer
    roles = {"*": CASE_ROLES}

    def handle_exception(self, exc: Exception) -> Response:
        """What the state of a flow or its case forbids is 409 with the reason."""
        if isinstance(exc, CaseRefused | FlowRefused):
            return super().handle_exception(ConflictError(str(exc)))
        return super().handle_exception(exc)

    @extend_schema(responses=FlowPageSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One flow with its steps. The reading is logged."""
        return self._page(pk)

    @extend_schema(responses=OwnFlowSerializer(many=True))
    @action(detail=False, methods=["get"], pagination_class=None)
    def own(self, request: Request) -> Response:
        """The running flows in which a step waits for the reader, the nearest deadline first."""
        found: Any = own_flows(self.actor)
        return Response(OwnFlowSerializer(found, many=True).data)

    @extend_schema(responses=FlowsOfCaseSerializer)
    @action(detail=False, methods=["get"], url_path=f"of-case/(?P<case>{UUID_PATTERN})")
    def of_case(self, request: Request, case: str) -> Response:
        """The flows of a case, and which protocols can begin in it."""
        _case, flows, begin = services.flows_of_case(self.actor, UUID(case))
        return Response(FlowsOfCaseSerializer({"flows": flows, "can_begin": begin}).data)

    @extend_schema(request=None, responses={201: FlowPageSerializer, 409: RefusalSerializer})
    @action(
        detail=False,
        methods=["post"],
        url_path=f"of-case/(?P<case>{UUID_PATTERN})/begin/(?P<version>{UUID_PATTERN})",
    )
    def begin(self, request: Request, case: str, version: str) -> Response:
        """Begin a protocol in a case."""
        flow = services.begin_flow(self.actor, UUID(case), UUID(version))
        return self._page(str(flow.pk), status.HTTP_201_CREATED)

    @extend_schema(request=StepDoneSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"], url_path=f"{STEP}/do")
    def do(self, request: Request, pk: str, step: str) -> Response:
        """Record that a step is done, with what proves it."""
        given = self.given(StepDoneSerializer)
        outside = Outside(given["to_whom"], given["at"] or timezone.now()) if given["to_whom"] or given["at"] else None
        services.do_step(self.actor, UUID(step), proof=given["text"], outside=outside)
        return self._page(pk)

    @extend_schema(request=WordsSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"], url_path=f"{STEP}/waive")
    def waive(self, request: Request, pk: str, step: str) -> Response:
        """Record why a step does not apply."""
        services.waive_step(self.actor, UUID(step), reason=self._words())
        return self._page(pk)

    @extend_schema(request=LooksSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"], url_path=f"{STEP}/looks")
    def looks(self, request: Request, pk: str, step: str) -> Response:
        """Set the dates on which somebody looks again; each becomes a task."""
        services.set_looks(self.actor, UUID(step), looks=self.given(LooksSerializer)["looks"])
        return self._page(pk)

    @extend_schema(request=WordsSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"], url_path="end")
    def ask_end(self, request: Request, pk: str) -> Response:
        """Ask for the end of the flow; another person confirms."""
        services.ask_to_end(self.actor, UUID(pk), reason=self._words())
        return self._page(pk)

    @extend_schema(request=WordsSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"], url_path="end/confirm")
    def confirm(self, request: Request, pk: str) -> Response:
        """Confirm the end that another person asked for."""
        services.confirm_end(self.actor, UUID(pk), words=self._words())
        return self._page(pk)

    @extend_schema(request=WordsSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"], url_path="end/send-back")
    def send_back(self, request: Request, pk: str) -> Response:
        """Let the flow go on, and say why."""
        services.send_back(self.actor, UUID(pk), words=self._words())
        return self._page(pk)

    @extend_schema(request=SecondSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"])
    def second(self, request: Request, pk: str) -> Response:
        """Name another second person."""
        given = self.given(SecondSerializer)
        services.change_second(self.actor, UUID(pk), membership_id=given["member"], reason=given["reason"])
        return self._page(pk)

    def _words(self) -> str:
        return str(self.given(WordsSerializer)["text"])

    def _page(self, pk: str, code: int = status.HTTP_200_OK) -> Response:
        return Response(FlowPageSerializer(services.open_flow(self.actor, UUID(pk))).data, status=code)
