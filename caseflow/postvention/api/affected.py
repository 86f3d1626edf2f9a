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
from caseflow.postvention.rules import COUNSELLORS
from caseflow.postvention.serializers import (
    AddAffectedSerializer,
    AffectedPageSerializer,
    LossTalkSerializer,
    ParentsToldSerializer,
)

CHANGED = {200: AffectedPageSerializer, 409: RefusalSerializer}
ROW = f"(?P<row>{UUID_PATTERN})"


class AffectedViewSet(LossEndpoints):
    """Whom a loss touches, by the event. Names stand in the order of the alphabet; nobody is counted up."""

    queryset = LossEvent.objects.none()
    serializer_class = AffectedPageSerializer
    roles = {"*": COUNSELLORS}

    @extend_schema(responses=AffectedPageSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """The list, who might be on it, and how far the school has come. The reading is logged."""
        return self._page(pk)

    @extend_schema(request=AddAffectedSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"])
    def add(self, request: Request, pk: str) -> Response:
        """Put pupils on the list, for a reason."""
        given = self.given(AddAffectedSerializer)
        pupils, circle, reason = given["pupils"], given["circle"], given["reason"]
        services.add_affected(self.actor, UUID(pk), pupil_ids=pupils, circle=circle, reason=reason)
        return self._page(pk)

    @extend_schema(request=LossTalkSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"], url_path=f"{ROW}/talk")
    def talk(self, request: Request, pk: str, row: str) -> Response:
        """Record a talk, and whether support is needed."""
        services.record_talk(self.actor, UUID(row), **self.given(LossTalkSerializer))
        return self._page(pk)

    @extend_schema(request=ParentsToldSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"], url_path=f"{ROW}/parents")
    def parents(self, request: Request, pk: str, row: str) -> Response:
        """Record that the parents were told."""
        services.record_parents_told(self.actor, UUID(row), **self.given(ParentsToldSerializer))
        return self._page(pk)

    @extend_schema(request=None, responses=CHANGED)
    @action(detail=True, methods=["post"], url_path=f"{ROW}/case")
    def give_case(self, request: Request, pk: str, row: str) -> Response:
        """Open a case for the pupil, or link the open one."""
        services.give_case(self.actor, UUID(row))
        return self._page(pk)

    @extend_schema(request=None, responses={204: None, 409: RefusalSerializer})
    @action(detail=True, methods=["post"], url_path=f"{ROW}/remove")
    def remove(self, request: Request, pk: str, row: str) -> Response:
        """Take a pupil off the list for whom nothing was done."""
        services.remove_affected(self.actor, UUID(row))
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _page(self, pk: str) -> Response:
        return Response(AffectedPageSerializer(services.open_affected(self.actor, UUID(pk))).data)
