"""The queue under /api/v1/: the same services, scopes and log entries as the page."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSetMixin

from caseflow.cases.models import Case
from caseflow.directory.endpoints import ConflictError, RefusalSerializer, ScopedViewSet, SearchSerializer
from caseflow.directory.enums import Role
from caseflow.triage import services
from caseflow.triage.models import TriageItem
from caseflow.triage.selectors import day_of, rows_of, waiting
from caseflow.triage.serializers import (
    CaseItemSerializer,
    DaySerializer,
    DecisionSerializer,
    ItemSerializer,
    KindSerializer,
    LostSerializer,
    OfferedPupilSerializer,
    OpenItemSerializer,
)
from caseflow.undo.rules import TooLateError

DECIDERS = frozenset({Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST})


class DecidingViewSet(ScopedViewSet):
    """Whoever comes second gets 409 with who was first and when."""

    roles = {"*": DECIDERS}

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, services.BadDecisionError):
            return super().handle_exception(ValidationError(str(exc)))
        if isinstance(exc, services.AlreadyDecidedError):
            return _lost(_("This is decided already"), by=exc.by, at=exc.at)
        if isinstance(exc, services.ClaimedError):
            return _lost(_("Somebody is deciding this now"), by=exc.by, at=exc.until)
        return super().handle_exception(exc)

    def item(self, item: TriageItem) -> Response:
        """The item as lists show it."""
        return Response(ItemSerializer(rows_of(self.actor, [item])[0]).data)


class TriageItemViewSet(DecidingViewSet):
    """What waits for a human decision."""

    queryset = TriageItem.objects.none()
    serializer_class = ItemSerializer

    @extend_schema(parameters=[KindSerializer], responses=ItemSerializer(many=True))
    def list(self, request: Request) -> Response:
        """The queue, the nearest deadline first; never by a score."""
        page = self.paginate_queryset(waiting(self.actor, self.asked(KindSerializer)["kind"]))
        rows = rows_of(self.actor, page or [])
        return self.get_paginated_response([ItemSerializer(row).data for row in rows])

    @extend_schema(responses=OpenItemSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One item with what was said. The reading is logged."""
        return Response(OpenItemSerializer(services.open_item(self.actor, UUID(pk))).data)

    @extend_schema(request=None, responses={200: ItemSerializer, 409: LostSerializer})
    @action(detail=True, methods=["post"])
    def claim(self, request: Request, pk: str) -> Response:
        """Hold the item for two minutes while a reason is written."""
        return self.item(services.claim(self.actor, UUID(pk)))

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def release(self, request: Request, pk: str) -> Response:
        """Let the item go; nothing happens where the actor does not hold it."""
        services.release(self.actor, UUID(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=DecisionSerializer, responses={200: ItemSerializer, 409: LostSerializer})
    @action(detail=True, methods=["post"])
    def decide(self, request: Request, pk: str) -> Response:
        """Open a case, link to one, or dismiss with a reason. Whoever comes second gets 409 with who and when."""
        return self.item(services.decide(self.actor, item_id=UUID(pk), **self.given(DecisionSerializer)))

    @extend_schema(request=None, responses={200: ItemSerializer, 409: RefusalSerializer})
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: str) -> Response:
        """Take the own decision of the last 15 seconds back."""
        try:
            return self.item(services.undo(self.actor, UUID(pk)))
        except TooLateError as late:
            stands = _(
                "The decision stands: it is too late to take it back here. You can change things in the case itself."
            )
            raise ConflictError(stands) from late

    @extend_schema(parameters=[SearchSerializer], responses=OfferedPupilSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None)
    def pupils(self, request: Request, pk: str) -> Response:
        """Pupils to open a case for, where the item names none: at most 8, from three letters."""
        found = services.offer_pupils(self.actor, UUID(pk), self.asked(SearchSerializer)["q"])
        return self.whole(found, OfferedPupilSerializer)


class CaseItemViewSet(DecidingViewSet):
    """What was linked to a case."""

    queryset = Case.objects.none()
    serializer_class = CaseItemSerializer
    pagination_class = None

    @extend_schema(responses=CaseItemSerializer(many=True))
    def retrieve(self, request: Request, pk: str) -> Response:
        """The items of a case in reach and why they were linked, the newest first. The reading is logged."""
        return self.whole(services.show_case_items(self.actor, UUID(pk)), CaseItemSerializer)


class DayViewSet(DecidingViewSet):
    """The actor's day."""

    queryset = TriageItem.objects.none()
    serializer_class = DaySerializer
    pagination_class = None

    @extend_schema(responses=DaySerializer)
    def list(self, request: Request) -> Response:
        """The own tasks and cases in brief; for a lead psychologist, where schools are late."""
        return Response(DaySerializer(day_of(self.actor), context={"sees_cases": True}).data)


def _lost(detail: str, **who: Any) -> Response:
    return Response(LostSerializer({"detail": detail, **who}).data, status=status.HTTP_409_CONFLICT)


API: list[tuple[str, type[ViewSetMixin], str]] = [
    ("triage-items", TriageItemViewSet, "triage-item"),
    ("case-items", CaseItemViewSet, "case-item"),
    ("day", DayViewSet, "day"),
]
