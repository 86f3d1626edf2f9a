"""What guardians see, and what is answered them, under /api/v1/: the same services and scopes as the pages."""

from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSetMixin

from caseflow.consent.selectors.own import children
from caseflow.directory.endpoints import ConflictError, RefusalSerializer, ScopedViewSet
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil
from caseflow.plans.services.sharing import open_shared
from caseflow.portal.models import LogRelease, PortalRequest
from caseflow.portal.selectors import GUARDIANS, access_log, own_child, own_requests
from caseflow.portal.serializers import (
    AnswerSerializer,
    AskedSerializer,
    ChildSerializer,
    ExportSerializer,
    LogLineSerializer,
    MaybePlanSerializer,
    OwnRequestSerializer,
    ReleaseSerializer,
    RequestSerializer,
    SharedNoteSerializer,
    WithheldSerializer,
)
from caseflow.portal.services import (
    AnsweredError,
    answer_request,
    ask,
    export,
    open_requests,
    open_shared_plan,
    open_withheld,
    release,
)


class ChildViewSet(ScopedViewSet):
    """One's own children, or oneself from 18 on."""

    roles = {"*": frozenset(GUARDIANS), "plan": frozenset({Role.PARENT})}
    serializer_class = ChildSerializer
    queryset = Pupil.objects.none()

    @extend_schema(responses=ChildSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Of whom one may see and decide."""
        return self.paged(children(self.actor), ChildSerializer)

    @extend_schema(responses=LogLineSerializer(many=True))
    @action(detail=True, methods=["get"], url_path="access-log")
    def access_log(self, request: Request, pk: str) -> Response:
        """Who opened the pupil's data: what a guardian may learn, 14 days after it happened."""
        return self.paged(access_log(self.actor, own_child(self.actor, UUID(pk))), LogLineSerializer)

    @extend_schema(responses=OwnRequestSerializer(many=True))
    @action(detail=True, methods=["get"])
    def requests(self, request: Request, pk: str) -> Response:
        """What one has asked for, the newest first."""
        return self.paged(own_requests(self.actor, own_child(self.actor, UUID(pk))), OwnRequestSerializer)

    @extend_schema(responses=SharedNoteSerializer(many=True))
    @action(detail=True, methods=["get"], url_path="shared-plan", pagination_class=None)
    def shared_plan(self, request: Request, pk: str) -> Response:
        """What the psychologist shared with the family, the newest first. The reading is logged."""
        return self.whole(open_shared_plan(self.actor, UUID(pk)), SharedNoteSerializer)

    @extend_schema(request=AskedSerializer, responses={201: None})
    @action(detail=True, methods=["post"])
    def ask(self, request: Request, pk: str) -> Response:
        """Ask for a review by a person, object, ask for erasure or put a question."""
        ask(self.actor, pupil_id=UUID(pk), **self.given(AskedSerializer))
        return Response(status=status.HTTP_201_CREATED)

    @extend_schema(responses=ExportSerializer)
    @action(detail=True, methods=["get"])
    def export(self, request: Request, pk: str) -> Response:
        """The own consents and requests and the log, as the file of the page."""
        return Response(export(self.actor, UUID(pk)))

    @extend_schema(responses=MaybePlanSerializer)
    @action(detail=True, methods=["get"])
    def plan(self, request: Request, pk: str) -> Response:
        """What is shared of the child's safety plan. The reading is logged, and seen by the psychologist."""
        return Response(MaybePlanSerializer({"plan": open_shared(self.actor, UUID(pk))}).data)


class RequestViewSet(ScopedViewSet):
    """What guardians have asked for."""

    roles = {"*": frozenset({Role.LEAD_PSYCHOLOGIST, Role.DPO}), "answer": frozenset({Role.LEAD_PSYCHOLOGIST})}
    serializer_class = RequestSerializer
    queryset = PortalRequest.objects.none()

    @extend_schema(responses=RequestSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Open ones first. The reading is logged."""
        return self.paged(open_requests(self.actor), RequestSerializer)

    @extend_schema(request=AnswerSerializer, responses={204: None, 409: RefusalSerializer})
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: str) -> Response:
        """Answer a request, once; the guardian sees it."""
        try:
            answer_request(self.actor, UUID(pk), self.given(AnswerSerializer)["words"])
        except AnsweredError as first:
            raise ConflictError(_("Somebody has answered this already. Your text was not sent.")) from first
        return _done()


class WithheldViewSet(ScopedViewSet):
    """Readings that guardians do not learn of until somebody releases them."""

    roles = {"*": frozenset({Role.PSYCHOLOGIST})}
    serializer_class = WithheldSerializer
    queryset = LogRelease.objects.none()

    @extend_schema(responses=WithheldSerializer(many=True))
    def list(self, request: Request) -> Response:
        """What is withheld, the last read first. The reading is logged."""
        return self.paged(open_withheld(self.actor), WithheldSerializer)

    @extend_schema(request=ReleaseSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def release(self, request: Request, pk: str) -> Response:
        """Let the guardians of the pupil `id` learn who read one thing, 14 days after each reading."""
        release(self.actor, pupil_id=UUID(pk), obj=self.given(ReleaseSerializer)["obj"])
        return _done()


def _done() -> Response:
    return Response(status=status.HTTP_204_NO_CONTENT)


API: list[tuple[str, type[ViewSetMixin], str]] = [
    ("children", ChildViewSet, "child"),
    ("requests", RequestViewSet, "request"),
    ("withheld", WithheldViewSet, "withheld"),
]
