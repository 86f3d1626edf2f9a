from rest_framework.response import Response

from caseflow.cases.rules import CaseRefused
from caseflow.directory.endpoints import ConflictError, ScopedViewSet


class RefusingViewSet(ScopedViewSet):
    """What the state of a case forbids is 409 with the reason."""

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, CaseRefused):
            return super().handle_exception(ConflictError(str(exc)))
        return super().handle_exception(exc)
