"""The duty roster and one's own duty calls under /api/v1/: the same services and scopes as the pages."""

from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from caseflow.clocks.models import DutyCall, DutyShift
from caseflow.clocks.selectors.duty import ROSTER_KEEPERS, RUNG_ROLES, open_calls, own_calls, shifts_of
from caseflow.clocks.serializers import (
    DutyCallSerializer,
    DutyShiftSerializer,
    NewShiftSerializer,
    TakenSerializer,
)
from caseflow.clocks.services import AlreadyAnsweredError, BadShiftError, add_shift, answer_call, remove_shift
from caseflow.directory.endpoints import ScopedViewSet


class DutyCallViewSet(ScopedViewSet):
    """The calls for which one was rung while on duty."""

    roles = {"*": frozenset(RUNG_ROLES)}
    serializer_class = DutyCallSerializer
    queryset = DutyCall.objects.none()

    @extend_schema(responses=DutyCallSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Those that ring, and those that somebody has taken within two hours; the newest first."""
        return self.paged(open_calls(self.actor), DutyCallSerializer)

    @extend_schema(responses=DutyCallSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One call."""
        return Response(DutyCallSerializer(own_calls(self.actor).get(pk=UUID(pk))).data)

    @extend_schema(request=None, responses={200: DutyCallSerializer, 409: TakenSerializer})
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: str) -> Response:
        """Take the call. Whoever comes second gets 409 with who has it and since when."""
        try:
            call = answer_call(self.actor, UUID(pk))
        except AlreadyAnsweredError as first:
            taken = {"detail": _("Nobody is rung any more"), "by": first.by, "at": first.at}
            return Response(TakenSerializer(taken).data, status=status.HTTP_409_CONFLICT)
        return Response(DutyCallSerializer(call).data)


class DutyShiftViewSet(ScopedViewSet):
    """The roster of one's own school, district or region."""

    roles = {"*": frozenset(ROSTER_KEEPERS)}
    serializer_class = DutyShiftSerializer
    queryset = DutyShift.objects.none()

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, BadShiftError):
            return super().handle_exception(ValidationError(str(exc)))
        return super().handle_exception(exc)

    @extend_schema(responses=DutyShiftSerializer(many=True))
    def list(self, request: Request) -> Response:
        """The shifts that are not over, the earliest first."""
        return self.paged(shifts_of(self.actor), DutyShiftSerializer)

    @extend_schema(request=NewShiftSerializer, responses={201: DutyShiftSerializer})
    def create(self, request: Request) -> Response:
        """Put somebody on the roster."""
        shift = add_shift(self.actor, **self.given(NewShiftSerializer))
        return Response(DutyShiftSerializer(shift).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Take a shift off the roster; one that has begun ends now."""
        remove_shift(self.actor, UUID(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)
