"""What is found of a report and answered to it, under /api/v1/incidents/."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from caseflow.directory.endpoints import ScopedViewSet
from caseflow.incidents.finding_serializers import (
    ConfirmSerializer,
    CouncilHeldSerializer,
    NoteAnswerSerializer,
    ParentToldSerializer,
    TakeBackSerializer,
)
from caseflow.incidents.services import (
    confirm_bullying,
    note_answer,
    note_council,
    note_parent_told,
    take_back_bullying,
)


class FindingActions(ScopedViewSet):
    """Actions of the reports' endpoint for those who decide; the report shows what came of them."""

    @extend_schema(request=ConfirmSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def bullying(self, request: Request, pk: str) -> Response:
        """Record that bullying is confirmed: on two reports between the same pupils, or on a reason."""
        said = self.given(ConfirmSerializer)
        confirm_bullying(
            self.actor, UUID(pk), said_id=said["said"], harmed_id=said["harmed"], override=said["override"]
        )
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=TakeBackSerializer, responses={204: None})
    @action(detail=True, methods=["post"], url_path="take-back-bullying")
    def take_back_bullying(self, request: Request, pk: str) -> Response:
        """Take such a finding back; both stay on record."""
        said = self.given(TakeBackSerializer)
        take_back_bullying(self.actor, UUID(pk), said["finding"], reason=said["reason"])
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=ParentToldSerializer, responses={204: None})
    @action(detail=True, methods=["post"], url_path="parents-told")
    def parents_told(self, request: Request, pk: str) -> Response:
        """Note that a parent of a pupil was told of suspected bullying."""
        said = self.given(ParentToldSerializer)
        note_parent_told(
            self.actor, UUID(pk), pupil_id=said["pupil"], guardian_id=said["guardian"], told_at=said["told_at"]
        )
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=CouncilHeldSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def council(self, request: Request, pk: str) -> Response:
        """Note that the council met on suspected bullying, and what it came to."""
        note_council(self.actor, UUID(pk), **self.given(CouncilHeldSerializer))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=NoteAnswerSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def answers(self, request: Request, pk: str) -> Response:
        """Note what a pupil concerned answers, or a guardian for the pupil."""
        said = self.given(NoteAnswerSerializer)
        note_answer(self.actor, UUID(pk), said.pop("party"), **said)
        return Response(status=status.HTTP_204_NO_CONTENT)
