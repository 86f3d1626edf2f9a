from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from analytics.models import Series, Signal
from analytics.selectors.signals import shown_signals
from analytics.selectors.uses import uses_of
from analytics.serializers.signals import (
    EvidenceSerializer,
    ShownMoodSerializer,
    ShownSerializer,
    SignalDecisionSerializer,
    SignalSerializer,
    UsesSerializer,
)
from analytics.services.deciding import decide_signal
from analytics.services.reviewing import open_mood, open_signal
from caseflow.directory.endpoints import ScopedViewSet
from caseflow.directory.enums import Role
from caseflow.triage.api import DecidingViewSet
from caseflow.triage.serializers import ItemSerializer, LostSerializer

READERS = frozenset({Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST})


class SignalViewSet(DecidingViewSet):
    """Signals the actor may decide about."""

    roles = {"*": READERS}
    queryset = Signal.objects.none()
    serializer_class = SignalSerializer

    @extend_schema(parameters=[ShownSerializer], responses=SignalSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Those that wait, the nearest deadline first, or those that were decided. Never by strength (rule 3)."""
        decided = self.asked(ShownSerializer)["decided"]
        return self.paged(shown_signals(self.actor, waiting_only=not decided), SignalSerializer)

    @extend_schema(responses=EvidenceSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One signal with its evidence. The reading is logged."""
        opened = open_signal(self.actor, UUID(pk))
        return Response(EvidenceSerializer(opened.review.signal).data)

    @extend_schema(request=SignalDecisionSerializer, responses={200: ItemSerializer, 409: LostSerializer})
    @action(detail=True, methods=["post"])
    def decide(self, request: Request, pk: str) -> Response:
        """Open a case, link the pupil's open case, or dismiss; always with a reason (rule 4)."""
        return self.item(decide_signal(self.actor, UUID(pk), **self.given(SignalDecisionSerializer)))


class MoodViewSet(ScopedViewSet):
    """The series of a pupil in reach."""

    roles = {"*": READERS}
    queryset = Series.objects.none()
    serializer_class = ShownMoodSerializer

    @extend_schema(responses=ShownMoodSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """The newest series of the pupil `id`, or that there is nothing to show. The reading is logged."""
        return Response(ShownMoodSerializer({"mood": open_mood(self.actor, UUID(pk))}).data)


class AiUseViewSet(ScopedViewSet):
    """The use of AI on one's own child, or on oneself (rule 5)."""

    roles = {"*": frozenset({Role.PARENT, Role.PUPIL})}
    queryset = Series.objects.none()
    serializer_class = UsesSerializer

    @extend_schema(responses=UsesSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """When, where and with which model, and what people decided; decisions a fortnight later (rule 10a)."""
        try:
            uses = uses_of(self.actor, UUID(pk))
        except LookupError as missing:
            raise NotFound from missing
        return Response(UsesSerializer(uses).data)
