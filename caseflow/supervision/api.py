"""The board, handing work over, and notes of supervision under /api/v1/: the same services as the pages."""

from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSetMixin

from caseflow.cases.api.refusing import RefusingViewSet
from caseflow.directory.endpoints import NUMBER_PATTERN, UUID_PATTERN, RefusalSerializer, Shape
from caseflow.directory.models import School
from caseflow.supervision import services
from caseflow.supervision.models import SupervisionNote
from caseflow.supervision.rules import LEADS, READERS
from caseflow.supervision.selectors.board import BoardRows
from caseflow.supervision.selectors.notes import notes_in_reach
from caseflow.supervision.serializers import (
    BeginSupervisionSerializer,
    BoardQuerySerializer,
    BoardSchoolSerializer,
    CorrectSupervisionNoteSerializer,
    NewReassignmentSerializer,
    NewSupervisionNoteSerializer,
    PsychologistsWorkSerializer,
    ReassignmentSerializer,
    SupervisionNoteSerializer,
    SupervisionSerializer,
)

OF_USER = f"people/(?P<user>{NUMBER_PATTERN})"
SCHOOL = OpenApiParameter("id", OpenApiTypes.INT, OpenApiParameter.PATH)
USER = OpenApiParameter("user", OpenApiTypes.INT, OpenApiParameter.PATH)
CREATED = {201: SupervisionNoteSerializer, 409: RefusalSerializer}
CHANGED = {200: SupervisionNoteSerializer, 409: RefusalSerializer}


class BoardViewSet(RefusingViewSet):
    """The schools of a lead psychologist in counts, and the work of their psychologists by case number."""

    roles = {"*": LEADS}
    queryset = School.objects.none()
    serializer_class = BoardSchoolSerializer
    lookup_value_regex = NUMBER_PATTERN

    @extend_schema(parameters=[BoardQuerySerializer], responses=BoardSchoolSerializer(many=True))
    def list(self, request: Request) -> Response:
        """The schools by name, or those first where most is overdue."""
        query = BoardQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        return self.paged(BoardRows(self.actor, query.asked()), BoardSchoolSerializer)

    @extend_schema(parameters=[SCHOOL, USER], responses=PsychologistsWorkSerializer)
    @action(detail=True, methods=["get"], url_path=OF_USER)
    def work(self, request: Request, pk: str, user: str) -> Response:
        """What somebody has at a school. The reading is logged."""
        return Response(PsychologistsWorkSerializer(services.open_work(self.actor, int(pk), int(user))).data)

    @extend_schema(
        parameters=[SCHOOL, USER],
        request=NewReassignmentSerializer,
        responses={200: ReassignmentSerializer, 409: RefusalSerializer},
    )
    @action(detail=True, methods=["post"], url_path=f"{OF_USER}/reassign")
    def reassign(self, request: Request, pk: str, user: str) -> Response:
        """Without `seen` what would move; with it, have it done just so, in one transaction."""
        sent = NewReassignmentSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        given, chosen = sent.validated_data, sent.chosen()
        if given["seen"]:
            plan = services.reassign(self.actor, int(pk), int(user), chosen, reason=given["reason"], seen=given["seen"])
        else:
            plan = services.plan_reassignment(self.actor, int(pk), int(user), chosen)
        return Response(ReassignmentSerializer(plan).data)


class SupervisionNoteViewSet(RefusingViewSet):
    """Notes of supervision: a lead's own ones; for a psychologist those that were shared with them."""

    roles = {
        "*": LEADS,
        "list": READERS,
        "retrieve": READERS,
        "finish": READERS,
    }
    queryset = SupervisionNote.objects.none()
    serializer_class = SupervisionNoteSerializer

    @extend_schema(responses=SupervisionNoteSerializer(many=True))
    def list(self, request: Request) -> Response:
        """The notes, the newest first. The reading is logged."""
        page = self.paginate_queryset(notes_in_reach(self.actor))
        shape: Shape = SupervisionNoteSerializer
        return self.get_paginated_response(shape(services.list_notes(self.actor, page or []), many=True).data)

    @extend_schema(responses=SupervisionNoteSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One note. The reading is logged."""
        return self._note(UUID(pk))

    @extend_schema(request=NewSupervisionNoteSerializer, responses=CREATED)
    def create(self, request: Request) -> Response:
        """Write a note in a supervision that was begun."""
        sent = NewSupervisionNoteSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        given = sent.validated_data
        note = services.write_note(self.actor, given["supervision"], sent.said(), share=given["share"])
        return self._note(note.pk, status.HTTP_201_CREATED)

    @extend_schema(request=BeginSupervisionSerializer, responses={200: SupervisionSerializer})
    @action(detail=False, methods=["post"])
    def begin(self, request: Request) -> Response:
        """Begin the supervision of a psychologist; one that goes on is answered as it is."""
        found = services.begin_supervision(self.actor, self.given(BeginSupervisionSerializer)["member"])
        return Response(SupervisionSerializer(found).data)

    @extend_schema(request=CorrectSupervisionNoteSerializer, responses=CREATED)
    @action(detail=True, methods=["post"])
    def correct(self, request: Request, pk: str) -> Response:
        """Strike one's own note through by a new one."""
        sent = CorrectSupervisionNoteSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        note = services.correct_note(self.actor, UUID(pk), sent.said())
        return self._note(note.pk, status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=CHANGED)
    @action(detail=True, methods=["post"])
    def share(self, request: Request, pk: str) -> Response:
        """Let the psychologist read the note, for good."""
        return self._note(services.share_note(self.actor, UUID(pk)).pk)

    @extend_schema(request=None, responses=CHANGED)
    @action(detail=True, methods=["post"], url_path=f"agreements/(?P<agreement>{UUID_PATTERN})/finish")
    def finish(self, request: Request, pk: str, agreement: str) -> Response:
        """Say that something agreed in the note is done."""
        services.finish_agreement(self.actor, UUID(agreement), note_id=UUID(pk))
        return self._note(UUID(pk))

    def _note(self, note_id: UUID, code: int = status.HTTP_200_OK) -> Response:
        return Response(SupervisionNoteSerializer(services.open_note(self.actor, note_id)).data, status=code)


API: list[tuple[str, type[ViewSetMixin], str]] = [
    ("board", BoardViewSet, "board"),
    ("supervision-notes", SupervisionNoteViewSet, "supervision-note"),
]
