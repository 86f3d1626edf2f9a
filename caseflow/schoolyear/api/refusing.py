from rest_framework.response import Response

from caseflow.directory.endpoints import ConflictError, ScopedViewSet
from caseflow.directory.enums import Role
from caseflow.schoolyear.errors import YearRefused


class OfficeViewSet(ScopedViewSet):
    """For the office of a school. What the state of things forbids is 409."""

    roles = {"*": frozenset({Role.SCHOOL_ADMIN})}

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, YearRefused):
            return super().handle_exception(ConflictError(str(exc)))
        return super().handle_exception(exc)
