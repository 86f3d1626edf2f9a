"""One deadline under /api/v1/: how it stands, and what may be done to it."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from caseflow.clocks.models import Clock
from caseflow.clocks.selectors.changing import CHANGERS
from caseflow.clocks.serializers import ClockFileSerializer, ExtensionSerializer, PauseSerializer
from caseflow.clocks.services import CannotChangeError, end_pause, extend_clock, open_clock, pause_clock
from caseflow.directory.endpoints import ConflictError, RefusalSerializer, ScopedViewSet

CHANGED = {200: ClockFileSerializer, 409: RefusalSerializer}


class ClockViewSet(ScopedViewSet):
    """The deadline of something one may open: a task, a report that waits for its assessment."""

    roles = {"*": frozenset(CHANGERS)}
    serializer_class = ClockFileSerializer
    queryset = Clock.objects.none()

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, CannotChangeError):
            return super().handle_exception(ConflictError(str(exc)))
        return super().handle_exception(exc)

    @extend_schema(responses=ClockFileSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """How it stands, what was done to it and why, and what may still be done."""
        return self._shown(pk)

    @extend_schema(request=PauseSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"])
    def pause(self, request: Request, pk: str) -> Response:
        """Let it stand, through a day at the latest."""
        pause_clock(self.actor, UUID(pk), **self.given(PauseSerializer))
        return self._shown(pk)

    @extend_schema(request=None, responses=CHANGED)
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, pk: str) -> Response:
        """Let it run again before the end of its pause."""
        end_pause(self.actor, UUID(pk))
        return self._shown(pk)

    @extend_schema(request=ExtensionSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"])
    def extend(self, request: Request, pk: str) -> Response:
        """Move its end, by an amount in the unit of its term."""
        extend_clock(self.actor, UUID(pk), **self.given(ExtensionSerializer))
        return self._shown(pk)

    def _shown(self, pk: str) -> Response:
        return Response(ClockFileSerializer(open_clock(self.actor, UUID(pk))).data)
