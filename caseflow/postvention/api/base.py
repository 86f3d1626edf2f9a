from rest_framework.response import Response

from caseflow.cases.rules import CaseRefused
from caseflow.directory.endpoints import ConflictError, ScopedViewSet
from caseflow.postvention.rules import LossRefused


class LossEndpoints(ScopedViewSet):
    """What the state of an event forbids is 409 with the reason."""

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, CaseRefused | LossRefused):
            return super().handle_exception(ConflictError(str(exc)))
        return super().handle_exception(exc)
