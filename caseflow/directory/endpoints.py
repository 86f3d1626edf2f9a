"""What the endpoints of the API have in common: who acts, what was sent, and how a refusal is said."""

from collections.abc import Iterable
from typing import Any, cast

from django.core.exceptions import ObjectDoesNotExist
from rest_framework import serializers, status
from rest_framework.exceptions import APIException, NotFound
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from caseflow.directory.actors import Actor

UUID_PATTERN = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
NUMBER_PATTERN = r"[0-9]{1,18}"  # no number is too large for the database
LARGEST = 2**63 - 1
Shape = type[serializers.BaseSerializer[Any]]
Body = type[serializers.Serializer[Any]]


class ConflictError(APIException):
    """The state of things does not allow it; what stands against it is said in words, and nothing was done."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"


class RefusalSerializer(serializers.Serializer[Any]):
    """What stands against it, in the language of the user."""

    detail = serializers.CharField()


class ScopedViewSet(GenericViewSet[Any]):
    """Not yours is 404."""

    lookup_value_regex = UUID_PATTERN

    @property
    def actor(self) -> Actor:
        return cast("Actor", self.request._request.actor)  # type: ignore[attr-defined]  # set by the middleware

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, ObjectDoesNotExist):
            return super().handle_exception(NotFound())
        return super().handle_exception(exc)

    def given(self, body: Body) -> dict[str, Any]:
        """The valid body of the request. Raises ValidationError (400)."""
        return self._valid(body, self.request.data)

    def asked(self, query: Body) -> dict[str, Any]:
        """The valid query of the request. Raises ValidationError (400)."""
        return self._valid(query, self.request.query_params)

    def paged(self, rows: Any, shape: Shape, **context: Any) -> Response:
        """One page of the rows."""
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(shape(page, many=True, context=context).data)

    def whole(self, rows: Any, shape: Shape) -> Response:
        """All the rows: a list that is short by its nature."""
        return Response(shape(rows, many=True).data)

    def _valid(self, shape: Body, said: Any) -> dict[str, Any]:
        serializer = shape(data=said)
        serializer.is_valid(raise_exception=True)
        return cast("dict[str, Any]", serializer.validated_data)


def named(choices: Iterable[Any]) -> list[tuple[str, str]]:
    """Choices of a query parameter that may be left out or empty."""
    return [("", ""), *((str(value), str(label)) for value, label in choices)]


class SearchSerializer(serializers.Serializer[Any]):
    q = serializers.CharField(required=False, default="", allow_blank=True, max_length=100)
