from collections.abc import Mapping
from typing import Final

from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from analytics.rules.refusals import RefusedError
from caseflow.directory.endpoints import ConflictError, ScopedViewSet

# What was said wrongly, by the field it stands in; every other refusal is the state of things.
FIELDS: Final[Mapping[str, str]] = {
    "time_unknown": "recorded_at",
    "time_contradicts": "slot",
    "wrong_day": "date",
    "which_camera": "camera",
    "no_ground": "legal_basis",
    "assessment_in_future": "impact_assessment_on",
}


class RefusingViewSet(ScopedViewSet):
    """A refusal is said in its sentence: 400 at the field that was filled in wrongly, else 409."""

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, RefusedError) and exc.code in FIELDS:
            return super().handle_exception(ValidationError({FIELDS[exc.code]: [str(exc.text)]}))
        if isinstance(exc, RefusedError):
            return super().handle_exception(ConflictError(str(exc.text)))
        return super().handle_exception(exc)
