"""The table of terms and what is overdue under /api/v1/: the same services and scopes as the pages."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from caseflow.clocks.models import Clock, DeadlineRule
from caseflow.clocks.selectors import UnknownDeadlineError, rules_in_force
from caseflow.clocks.selectors.overdue import overdue_clocks, rows_of
from caseflow.clocks.selectors.table import STAFF, due_if_begun, term_of_code
from caseflow.clocks.serializers import (
    DeadlineRuleSerializer,
    NewTermSerializer,
    OverdueFilterSerializer,
    OverdueSerializer,
    PreviewSerializer,
    TermSerializer,
)
from caseflow.clocks.services import BadTermError, NewTerm, change_term, checked_term
from caseflow.directory.endpoints import ScopedViewSet
from caseflow.directory.enums import Role


class DeadlineRuleViewSet(ScopedViewSet):
    """The table of terms, each with its source."""

    roles = {"*": frozenset(STAFF)}
    lookup_field = "code"
    lookup_value_regex = "[a-z0-9_-]{1,60}"
    serializer_class = DeadlineRuleSerializer
    queryset = DeadlineRule.objects.none()

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, BadTermError):
            return super().handle_exception(ValidationError(str(exc)))
        if isinstance(exc, UnknownDeadlineError):
            return super().handle_exception(NotFound())
        return super().handle_exception(exc)

    @extend_schema(responses=DeadlineRuleSerializer(many=True))
    def list(self, request: Request) -> Response:
        """The terms in force today."""
        return self.paged(rules_in_force(), DeadlineRuleSerializer)

    @extend_schema(responses=TermSerializer)
    def retrieve(self, request: Request, code: str) -> Response:
        """One term with what held before and what will hold, and who is told when it is missed."""
        return Response(TermSerializer(term_of_code(code)).data)

    @extend_schema(request=NewTermSerializer, responses={201: DeadlineRuleSerializer})
    @action(detail=True, methods=["post"])
    def change(self, request: Request, code: str) -> Response:
        """Enter what holds from a day on; the lead psychologist of a region alone."""
        rule = change_term(self.actor, code, self._new())
        return Response(DeadlineRuleSerializer(rule).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=NewTermSerializer, responses=PreviewSerializer)
    @action(detail=True, methods=["post"])
    def preview(self, request: Request, code: str) -> Response:
        """When something that begins now would be due; nothing is entered."""
        rule = checked_term(self.actor, code, self._new())
        return Response(PreviewSerializer({"due_at": due_if_begun(self.actor, rule, timezone.now())}).data)

    def _new(self) -> NewTerm:
        return NewTerm(**self.given(NewTermSerializer))


class OverdueViewSet(ScopedViewSet):
    """Every missed deadline of one's schools."""

    roles = {"*": frozenset({Role.LEAD_PSYCHOLOGIST})}
    serializer_class = OverdueSerializer
    queryset = Clock.objects.none()

    @extend_schema(parameters=[OverdueFilterSerializer], responses=OverdueSerializer(many=True))
    def list(self, request: Request) -> Response:
        """What nobody was told of first, then the longest overdue; without names of pupils."""
        asked = self.asked(OverdueFilterSerializer)
        page = self.paginate_queryset(overdue_clocks(self.actor, asked["school"], asked["code"])) or []
        rows: Any = rows_of(self.actor, list(page))
        return self.get_paginated_response(OverdueSerializer(rows, many=True).data)
