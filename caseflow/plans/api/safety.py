from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from caseflow.cases.api.refusing import RefusingViewSet
from caseflow.directory.endpoints import NUMBER_PATTERN, RefusalSerializer
from caseflow.plans import services
from caseflow.plans.models import SafetyPlan
from caseflow.plans.rules import CASE_WORKERS
from caseflow.plans.serializers import (
    SafetyCountersignSerializer,
    SafetyDraftSerializer,
    SafetySeenSerializer,
    SafetySerializer,
    SafetySignSerializer,
    SafetyVersionSerializer,
)
from caseflow.plans.serializers.safety import mark_of
from caseflow.plans.services.reading import open_safety, open_version

CHANGED = {200: SafetySerializer, 409: RefusalSerializer}
SIGNED = {201: SafetySerializer, 409: RefusalSerializer}


class SafetyPlanViewSet(RefusingViewSet):
    """The safety plan of a case, by the case's id. A signed version is never changed."""

    roles = {"*": CASE_WORKERS}
    queryset = SafetyPlan.objects.none()
    serializer_class = SafetySerializer

    @extend_schema(responses=SafetySerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """The draft, what was signed last, and what is shared with whom. The reading is logged."""
        return self._safety(pk)

    @extend_schema(responses=SafetyVersionSerializer)
    @action(detail=True, methods=["get"], url_path=f"versions/(?P<number>{NUMBER_PATTERN})")
    def version(self, request: Request, pk: str, number: str) -> Response:
        """A signed version. The reading is logged."""
        _case, found = open_version(self.actor, UUID(pk), int(number))
        return Response(SafetyVersionSerializer(found).data)

    @extend_schema(request=None, responses=CHANGED)
    @action(detail=True, methods=["post"])
    def begin(self, request: Request, pk: str) -> Response:
        """Begin the plan or its next version; a draft that is there stays."""
        services.begin_draft(self.actor, UUID(pk))
        return self._safety(pk)

    @extend_schema(request=SafetyDraftSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"])
    def draft(self, request: Request, pk: str) -> Response:
        """Write the draft."""
        sent = SafetyDraftSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        services.save_draft(self.actor, UUID(pk), sent.text(), seen_sha256=sent.validated_data["seen_sha256"])
        return self._safety(pk)

    @extend_schema(request=SafetySeenSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"])
    def drop(self, request: Request, pk: str) -> Response:
        """Drop the draft; what was signed stays."""
        services.drop_draft(self.actor, UUID(pk), seen_sha256=self.given(SafetySeenSerializer)["seen_sha256"])
        return self._safety(pk)

    @extend_schema(request=SafetySignSerializer, responses=SIGNED)
    @action(detail=True, methods=["post"])
    def sign(self, request: Request, pk: str) -> Response:
        """Make the draft the next version, signed by the pupil and the psychologist."""
        given = self.given(SafetySignSerializer)
        services.sign_plan(self.actor, UUID(pk), _given(given), seen_sha256=given["seen_sha256"])
        return self._safety(pk, status.HTTP_201_CREATED)

    @extend_schema(request=SafetyCountersignSerializer, responses=SIGNED)
    @action(detail=True, methods=["post"])
    def countersign(self, request: Request, pk: str) -> Response:
        """Have a guardian sign what is shared."""
        given = self.given(SafetyCountersignSerializer)
        services.countersign(
            self.actor,
            UUID(pk),
            guardian_id=given["guardian"],
            mark=mark_of(given["mark"]),
            seen_sha256=given["seen_sha256"],
        )
        return self._safety(pk, status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=CHANGED)
    @action(detail=True, methods=["post"])
    def share(self, request: Request, pk: str) -> Response:
        """Let the guardians read the marked lines of the newest version."""
        services.share_plan(self.actor, UUID(pk))
        return self._safety(pk)

    @extend_schema(request=None, responses=CHANGED)
    @action(detail=True, methods=["post"])
    def unshare(self, request: Request, pk: str) -> Response:
        """Close what the guardians could read."""
        services.end_sharing(self.actor, UUID(pk))
        return self._safety(pk)

    def _safety(self, pk: str, code: int = status.HTTP_200_OK) -> Response:
        _case, safety = open_safety(self.actor, UUID(pk))
        return Response(SafetySerializer(safety).data, status=code)


def _given(given: dict[str, Any]) -> services.Given:
    return services.Given(
        read_aloud=given["read_aloud"],
        pupil=mark_of(given["pupil"]),
        psychologist=mark_of(given["psychologist"]),
        review_on=given["review_on"],
    )
