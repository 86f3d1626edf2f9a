from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from caseflow.directory.endpoints import UUID_PATTERN, RefusalSerializer
from caseflow.postvention import services
from caseflow.postvention.api.base import LossEndpoints
from caseflow.postvention.models import LossEvent
from caseflow.postvention.rules import AROUND_A_LOSS, COUNSELLORS
from caseflow.postvention.serializers import (
    LossDaySerializer,
    LossLineSerializer,
    LossMaybeWordsSerializer,
    LossPageSerializer,
    LossWordsSerializer,
    OpenLossSerializer,
)

CHANGED = {200: LossPageSerializer, 409: RefusalSerializer}
STEP = f"steps/(?P<step>{UUID_PATTERN})"


class LossViewSet(LossEndpoints):
    """Events of loss and their checklist."""

    queryset = LossEvent.objects.none()
    serializer_class = LossPageSerializer
    roles = {
        "*": COUNSELLORS,
        "list": AROUND_A_LOSS,
        "create": AROUND_A_LOSS,
        "retrieve": AROUND_A_LOSS,
        "do": AROUND_A_LOSS,
        "waive": AROUND_A_LOSS,
    }

    @extend_schema(responses=LossLineSerializer(many=True))
    def list(self, request: Request) -> Response:
        """The events in reach, open ones first."""
        return self.paged(services.open_losses(self.actor), LossLineSerializer)

    @extend_schema(responses=LossPageSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One event with its steps. The reading is logged."""
        return self._page(UUID(pk))

    @extend_schema(request=OpenLossSerializer, responses={201: LossPageSerializer, 409: RefusalSerializer})
    def create(self, request: Request) -> Response:
        """Open an event of loss."""
        event = services.open_event(self.actor, services.Loss(**self.given(OpenLossSerializer)))
        return self._page(event.pk, status.HTTP_201_CREATED)

    @extend_schema(request=LossWordsSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"], url_path=f"{STEP}/do")
    def do(self, request: Request, pk: str, step: str) -> Response:
        """Record that a step is done, in words."""
        services.do_step(self.actor, UUID(step), proof=self._words())
        return self._page(UUID(pk))

    @extend_schema(request=LossWordsSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"], url_path=f"{STEP}/waive")
    def waive(self, request: Request, pk: str, step: str) -> Response:
        """Record why a step does not apply."""
        services.waive_step(self.actor, UUID(step), reason=self._words())
        return self._page(UUID(pk))

    @extend_schema(request=LossDaySerializer, responses=CHANGED)
    @action(detail=True, methods=["post"], url_path="days")
    def add_day(self, request: Request, pk: str) -> Response:
        """Add a day on which the loss comes back."""
        services.add_day(self.actor, UUID(pk), **self.given(LossDaySerializer))
        return self._page(UUID(pk))

    @extend_schema(request=LossMaybeWordsSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"], url_path="help")
    def ask_help(self, request: Request, pk: str) -> Response:
        """Ask the district to stand in for an affected psychologist."""
        services.ask_for_help(self.actor, UUID(pk), reason=self.given(LossMaybeWordsSerializer)["text"])
        return self._page(UUID(pk))

    @extend_schema(request=None, responses=CHANGED)
    @action(detail=True, methods=["post"], url_path="help/take")
    def take_help(self, request: Request, pk: str) -> Response:
        """Stand in."""
        services.take_help(self.actor, UUID(pk))
        return self._page(UUID(pk))

    @extend_schema(request=LossWordsSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        """Close an event whose steps are all settled."""
        services.close_event(self.actor, UUID(pk), reason=self._words())
        return self._page(UUID(pk))

    @extend_schema(request=LossWordsSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"], url_path="death")
    def record_death(self, request: Request, pk: str) -> Response:
        """Record that the pupil has died; another person confirms it."""
        services.record_death(self.actor, UUID(pk), words=self._words())
        return self._page(UUID(pk))

    @extend_schema(request=None, responses=CHANGED)
    @action(detail=True, methods=["post"], url_path="death/confirm")
    def confirm_death(self, request: Request, pk: str) -> Response:
        """Confirm what another person recorded."""
        services.confirm_death(self.actor, UUID(pk))
        return self._page(UUID(pk))

    @extend_schema(request=LossWordsSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"], url_path="death/undo")
    def undo_death(self, request: Request, pk: str) -> Response:
        """Take back that the pupil has died."""
        services.undo_death(self.actor, UUID(pk), reason=self._words())
        return self._page(UUID(pk))

    def _words(self) -> str:
        return str(self.given(LossWordsSerializer)["text"])

    def _page(self, pk: UUID, code: int = status.HTTP_200_OK) -> Response:
        return Response(LossPageSerializer(services.open_loss(self.actor, pk)).data, status=code)
