from rest_framework.response import Response

from caseflow.directory.endpoints import ConflictError, ScopedViewSet
from caseflow.journals.rules import JournalRefused


class KeepingViewSet(ScopedViewSet):
    """What the state of things forbids is 409 with the reason."""

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, JournalRefused):
            return super().handle_exception(ConflictError(str(exc)))
        return super().handle_exception(exc)
