"""Protocols and flows under /api/v1/: the same services, scopes and log entries as the pages."""

from rest_framework.viewsets import ViewSetMixin

from caseflow.protocols.api.flows import FlowViewSet
from caseflow.protocols.api.protocols import ProtocolViewSet

API: list[tuple[str, type[ViewSetMixin], str]] = [
    ("flows", FlowViewSet, "flow"),
    ("protocols", ProtocolViewSet, "protocol"),
]
