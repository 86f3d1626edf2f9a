from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from caseflow.audit.models import AuditEntry
from caseflow.audit.selectors import chain_state, find_entries
from caseflow.directory.endpoints import ScopedViewSet, SearchSerializer
from caseflow.directory.enums import Role
from caseflow.directory.serializers import ChainSerializer, EntrySerializer


class AccessLogViewSet(ScopedViewSet):
    """Who did and who read what; no content of any case."""

    roles = {"*": frozenset({Role.DPO})}
    serializer_class = EntrySerializer
    queryset = AuditEntry.objects.none()

    @extend_schema(parameters=[SearchSerializer], responses=EntrySerializer(many=True))
    def list(self, request: Request) -> Response:
        """The newest first, found by login or family name, action or object."""
        return self.paged(find_entries(self.asked(SearchSerializer)["q"].strip()), EntrySerializer)

    @extend_schema(responses=ChainSerializer)
    @action(detail=False, methods=["get"])
    def chain(self, request: Request) -> Response:
        """Whether the chain of entries holds up to the last signed checkpoint."""
        return Response(ChainSerializer(chain_state()).data)
