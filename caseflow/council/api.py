"""Sessions, decisions and members of the council under /api/v1/: the same services as the pages."""

from uuid import UUID

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSetMixin

from caseflow.attachments.answers import as_download
from caseflow.cases.api.refusing import RefusingViewSet
from caseflow.council import services
from caseflow.council.enums import Move
from caseflow.council.models import AgendaItem, Decision, Evidence, Member, Session
from caseflow.council.rules import CHAIRS, FOLLOWERS, READERS, STEERERS
from caseflow.council.selectors.people import members_on
from caseflow.council.selectors.register import decision_file, register
from caseflow.council.selectors.scope import councils_of
from caseflow.council.selectors.sessions import session_file, session_list
from caseflow.council.serializers import (
    CallCouncilSessionSerializer,
    CouncilAttendanceSerializer,
    CouncilDecisionFileSerializer,
    CouncilDecisionSerializer,
    CouncilHeardSerializer,
    CouncilItemSerializer,
    CouncilMemberSerializer,
    CouncilPointSerializer,
    CouncilReasonSerializer,
    CouncilRegisterQuerySerializer,
    CouncilSessionFileSerializer,
    CouncilSessionSerializer,
    CouncilShiftSerializer,
    DraftCouncilDecisionSerializer,
    MoveCouncilDecisionSerializer,
    NewCouncilDecisionSerializer,
    NewCouncilMemberSerializer,
)
from caseflow.council.services.reading import open_evidence
from caseflow.directory.endpoints import NUMBER_PATTERN, RefusalSerializer

SESSION = {200: CouncilSessionFileSerializer, 409: RefusalSerializer}
ITEM = {200: CouncilItemSerializer, 409: RefusalSerializer}
DECISION = {200: CouncilDecisionFileSerializer, 409: RefusalSerializer}


class CouncilMemberViewSet(RefusingViewSet):
    """Who sits in the council of the region."""

    roles = {"*": STEERERS, "list": READERS}
    queryset = Member.objects.none()
    serializer_class = CouncilMemberSerializer
    lookup_value_regex = NUMBER_PATTERN

    @extend_schema(responses=CouncilMemberSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Those who sit there today."""
        return self.paged(members_on(councils_of(self.actor).get(), timezone.localdate()), CouncilMemberSerializer)

    @extend_schema(request=NewCouncilMemberSerializer, responses={201: CouncilMemberSerializer, 409: RefusalSerializer})
    def create(self, request: Request) -> Response:
        """Enter a member."""
        sent = NewCouncilMemberSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        member = services.seat_member(self.actor, sent.seat())
        return Response(CouncilMemberSerializer(member).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={200: CouncilMemberSerializer, 409: RefusalSerializer})
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        """End a seat with today."""
        return Response(CouncilMemberSerializer(services.unseat_member(self.actor, int(pk))).data)


class CouncilSessionViewSet(RefusingViewSet):
    """The sessions of the council."""

    roles = {"*": STEERERS, "list": READERS, "retrieve": READERS, "close": CHAIRS}
    queryset = Session.objects.none()
    serializer_class = CouncilSessionSerializer

    @extend_schema(responses=CouncilSessionSerializer(many=True))
    def list(self, request: Request) -> Response:
        """The sessions, the latest first."""
        return self.paged(session_list(self.actor), CouncilSessionSerializer)

    @extend_schema(responses=CouncilSessionFileSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One session with agenda, decisions and attendance."""
        return self._session(pk)

    @extend_schema(
        request=CallCouncilSessionSerializer, responses={201: CouncilSessionFileSerializer, 409: RefusalSerializer}
    )
    def create(self, request: Request) -> Response:
        """Call a session."""
        sent = CallCouncilSessionSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        return self._session(services.call_session(self.actor, sent.called()).pk, status.HTTP_201_CREATED)

    @extend_schema(request=CallCouncilSessionSerializer, responses=SESSION)
    @action(detail=True, methods=["post"])
    def change(self, request: Request, pk: str) -> Response:
        """Another time or place."""
        sent = CallCouncilSessionSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        services.change_session(self.actor, UUID(pk), sent.called())
        return self._session(pk)

    @extend_schema(request=CouncilReasonSerializer, responses=SESSION)
    @action(detail=True, methods=["post"], url_path="call-off")
    def call_off(self, request: Request, pk: str) -> Response:
        """Call it off."""
        services.call_off(self.actor, UUID(pk), self.given(CouncilReasonSerializer)["reason"])
        return self._session(pk)

    @extend_schema(request=None, responses=SESSION)
    @action(detail=True, methods=["post"])
    def open(self, request: Request, pk: str) -> Response:
        """Begin it."""
        services.open_session(self.actor, UUID(pk))
        return self._session(pk)

    @extend_schema(request=None, responses=SESSION)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        """Close the minutes; the chair alone."""
        services.close_session(self.actor, UUID(pk))
        return self._session(pk)

    @extend_schema(request=CouncilAttendanceSerializer, responses=SESSION)
    @action(detail=True, methods=["post"])
    def attendance(self, request: Request, pk: str) -> Response:
        """Say who is there."""
        sent = CouncilAttendanceSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        services.write_attendance(self.actor, UUID(pk), sent.said())
        return self._session(pk)

    @extend_schema(request=CouncilPointSerializer, responses={201: CouncilItemSerializer, 409: RefusalSerializer})
    @action(detail=True, methods=["post"])
    def items(self, request: Request, pk: str) -> Response:
        """Put a point on the agenda."""
        sent = CouncilPointSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        item = services.add_item(self.actor, UUID(pk), sent.point())
        return Response(CouncilItemSerializer(item).data, status=status.HTTP_201_CREATED)

    def _session(self, pk: str | UUID, code: int = status.HTTP_200_OK) -> Response:
        file = session_file(self.actor, UUID(str(pk)))
        return Response(CouncilSessionFileSerializer(file).data, status=code)


class CouncilItemViewSet(RefusingViewSet):
    """Points of an agenda."""

    roles = {"*": STEERERS}
    queryset = AgendaItem.objects.none()
    serializer_class = CouncilItemSerializer

    @extend_schema(request=CouncilPointSerializer, responses=ITEM)
    @action(detail=True, methods=["post"])
    def change(self, request: Request, pk: str) -> Response:
        """Say it otherwise."""
        sent = CouncilPointSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        return Response(CouncilItemSerializer(services.change_item(self.actor, UUID(pk), sent.point())).data)

    @extend_schema(request=CouncilHeardSerializer, responses=ITEM)
    @action(detail=True, methods=["post"])
    def heard(self, request: Request, pk: str) -> Response:
        """Write what the minutes say of it."""
        item = services.write_heard(self.actor, UUID(pk), self.given(CouncilHeardSerializer)["heard"])
        return Response(CouncilItemSerializer(item).data)

    @extend_schema(request=CouncilShiftSerializer, responses=ITEM)
    @action(detail=True, methods=["post"])
    def shift(self, request: Request, pk: str) -> Response:
        """Up or down by one place."""
        item = services.move_item(self.actor, UUID(pk), up=self.given(CouncilShiftSerializer)["up"])
        return Response(CouncilItemSerializer(item).data)

    @extend_schema(responses={204: None, 409: RefusalSerializer})
    def destroy(self, request: Request, pk: str) -> Response:
        """Take it off the agenda."""
        services.remove_item(self.actor, UUID(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


class CouncilDecisionViewSet(RefusingViewSet):
    """Decisions of the council; of an agency those that it carries out."""

    roles = {"*": STEERERS, "list": FOLLOWERS, "retrieve": FOLLOWERS, "move": FOLLOWERS}
    queryset = Decision.objects.none()
    serializer_class = CouncilDecisionSerializer

    @extend_schema(parameters=[CouncilRegisterQuerySerializer], responses=CouncilDecisionSerializer(many=True))
    def list(self, request: Request) -> Response:
        """The approved ones, the overdue ones first."""
        query = CouncilRegisterQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        return self.paged(register(self.actor, query.asked()), CouncilDecisionSerializer)

    @extend_schema(responses=CouncilDecisionFileSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One decision with its steps."""
        return self._decision(pk)

    @extend_schema(
        request=NewCouncilDecisionSerializer, responses={201: CouncilDecisionFileSerializer, 409: RefusalSerializer}
    )
    def create(self, request: Request) -> Response:
        """Draft a decision of a session."""
        sent = NewCouncilDecisionSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        made = services.draft_decision(self.actor, sent.validated_data["session"], sent.drafted())
        return self._decision(made.pk, status.HTTP_201_CREATED)

    @extend_schema(request=DraftCouncilDecisionSerializer, responses=DECISION)
    @action(detail=True, methods=["post"])
    def change(self, request: Request, pk: str) -> Response:
        """Say a draft otherwise."""
        sent = DraftCouncilDecisionSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        services.change_draft(self.actor, UUID(pk), sent.drafted())
        return self._decision(pk)

    @extend_schema(responses={204: None, 409: RefusalSerializer})
    def destroy(self, request: Request, pk: str) -> Response:
        """Forget a draft."""
        services.drop_draft(self.actor, UUID(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=MoveCouncilDecisionSerializer, responses=DECISION)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, pk: str) -> Response:
        """Approve, report, accept and so on, as whom one is to it."""
        sent = MoveCouncilDecisionSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        services.move_decision(self.actor, UUID(pk), Move(sent.validated_data["move"]), sent.said())
        return self._decision(pk)

    def _decision(self, pk: str | UUID, code: int = status.HTTP_200_OK) -> Response:
        file = decision_file(self.actor, UUID(str(pk)))
        return Response(CouncilDecisionFileSerializer(file).data, status=code)


class CouncilEvidenceViewSet(RefusingViewSet):
    """Files that prove that something was done."""

    roles = {"*": FOLLOWERS}
    queryset = Evidence.objects.none()

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def retrieve(self, request: Request, pk: str) -> object:
        """The file. The reading is logged."""
        kept, content = open_evidence(self.actor, UUID(pk))
        return as_download(kept.name, content)


API: list[tuple[str, type[ViewSetMixin], str]] = [
    ("council-members", CouncilMemberViewSet, "council-member"),
    ("council-sessions", CouncilSessionViewSet, "council-session"),
    ("council-items", CouncilItemViewSet, "council-item"),
    ("council-decisions", CouncilDecisionViewSet, "council-decision"),
    ("council-evidence", CouncilEvidenceViewSet, "council-evidence"),
]
