from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from caseflow.cases.rules import CASE_ROLES
from caseflow.directory.endpoints import ConflictError, RefusalSerializer, ScopedViewSet
from caseflow.directory.enums import Role
from caseflow.protocols import services
from caseflow.protocols.models import ProtocolVersion
from caseflow.protocols.rules import FlowRefused
from caseflow.protocols.selectors.versions import version_of, visible_versions
from caseflow.protocols.serializers.protocols import (
    ProtocolDraftSerializer,
    ProtocolTextSerializer,
    ProtocolVersionSerializer,
    WithdrawalSerializer,
)

LEAD = frozenset({Role.LEAD_PSYCHOLOGIST})
CHANGED = {200: ProtocolVersionSerializer, 409: RefusalSerializer}
MADE = {201: ProtocolVersionSerializer, 409: RefusalSerializer}


class ProtocolViewSet(ScopedViewSet):
    """Protocols by their versions; the lead psychologist of a region writes those of the region."""

    queryset = ProtocolVersion.objects.none()
    serializer_class = ProtocolVersionSerializer
    roles = {
        "list": CASE_ROLES,
        "retrieve": CASE_ROLES,
        "create": LEAD,
        "update": LEAD,
        "destroy": LEAD,
        "draft": LEAD,
        "publish": LEAD,
        "withdraw": LEAD,
    }

    def handle_exception(self, exc: Exception) -> Response:
        """What the state of a version forbids is 409 with the reason."""
        if isinstance(exc, FlowRefused):
            return super().handle_exception(ConflictError(str(exc)))
        return super().handle_exception(exc)

    @extend_schema(responses=ProtocolVersionSerializer(many=True))
    def list(self, request: Request) -> Response:
        """The shipped versions and those of the region, the newest of each protocol first."""
        return self.paged(visible_versions(self.actor), ProtocolVersionSerializer)

    @extend_schema(responses=ProtocolVersionSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One version with its steps."""
        return self._shown(version_of(self.actor, UUID(pk)))

    @extend_schema(request=ProtocolTextSerializer, responses=MADE)
    def create(self, request: Request) -> Response:
        """Add a protocol of the region, as a draft."""
        version = services.new_protocol(self.actor, self._text(ProtocolTextSerializer).text())
        return self._shown(version, status.HTTP_201_CREATED)

    @extend_schema(request=ProtocolDraftSerializer, responses=CHANGED)
    def update(self, request: Request, pk: str) -> Response:
        """Write a draft anew."""
        sent = self._text(ProtocolDraftSerializer)
        version = services.save_draft(self.actor, UUID(pk), sent.text(), seen=sent.validated_data["seen"])
        return self._shown(version_of(self.actor, version.pk))

    @extend_schema(request=None, responses={204: None, 409: RefusalSerializer})
    def destroy(self, request: Request, pk: str) -> Response:
        """Throw a draft away."""
        services.discard_draft(self.actor, UUID(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=MADE)
    @action(detail=True, methods=["post"])
    def draft(self, request: Request, pk: str) -> Response:
        """Begin the region's draft with what this version says, or give the one that is there."""
        return self._shown(services.begin_draft(self.actor, UUID(pk)), status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=CHANGED)
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, pk: str) -> Response:
        """Put a draft into force."""
        services.publish(self.actor, UUID(pk))
        return self._shown(version_of(self.actor, UUID(pk)))

    @extend_schema(request=WithdrawalSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Take a version of the region out of force, for a reason. Flows that run go on with it."""
        services.require_editor(self.actor)
        services.withdraw(self.actor, UUID(pk), reason=self.given(WithdrawalSerializer)["reason"])
        return self._shown(version_of(self.actor, UUID(pk)))

    def _text(self, shape: type[ProtocolTextSerializer]) -> ProtocolTextSerializer:
        services.require_editor(self.actor)
        sent = shape(data=self.request.data)
        sent.is_valid(raise_exception=True)
        return sent

    def _shown(self, version: ProtocolVersion, code: int = status.HTTP_200_OK) -> Response:
        return Response(ProtocolVersionSerializer(version).data, status=code)
