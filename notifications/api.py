"""One's own alerts under /api/v1/. The cursor is commit-ordered: nothing that is committed late is passed over."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet, ViewSetMixin

from notifications.models import Alert
from notifications.rules import BadCursorError, Cursor
from notifications.serializers import batch, latest
from notifications.services import mark_seen, place


class AlertSerializer(serializers.Serializer[Any]):
    """One alert; what a model found says so, with the model's name and version (rule 7)."""

    id = serializers.IntegerField()
    cursor = serializers.CharField()
    kind = serializers.CharField()
    text = serializers.CharField()
    url = serializers.CharField()
    at = serializers.DateTimeField()
    seen = serializers.BooleanField()
    membership = serializers.IntegerField(allow_null=True)
    urgent = serializers.BooleanField()
    ai_generated = serializers.BooleanField()
    model = serializers.CharField()


@extend_schema_serializer(many=False)
class StreamSerializer(serializers.Serializer[Any]):
    """Alerts, the cursor to go on from, and how many are not seen yet."""

    items = AlertSerializer(many=True)
    cursor = serializers.CharField()
    more = serializers.BooleanField()
    unread = serializers.IntegerField()


class PositionField(serializers.CharField):
    """A cursor as this installation has given it out."""

    default_error_messages = {"unknown": _("This position in the alerts is not known.")}

    def to_internal_value(self, data: Any) -> Any:
        try:
            return Cursor.parse(super().to_internal_value(data))
        except BadCursorError:
            self.fail("unknown")

    def to_representation(self, value: Any) -> str:
        return str(value)


class FromSerializer(serializers.Serializer[Any]):
    cursor = PositionField(required=False, default=None, help_text="What came after it, the oldest first.")


class UpToSerializer(serializers.Serializer[Any]):
    cursor = PositionField()


class AlertViewSet(GenericViewSet[Alert]):
    """The user's own alerts, in whichever role they came."""

    permission_classes = (IsAuthenticated,)
    serializer_class = StreamSerializer
    queryset = Alert.objects.none()
    pagination_class = None

    @extend_schema(parameters=[FromSerializer], responses=StreamSerializer)
    def list(self, request: Request) -> Response:
        """The alerts after `cursor`, the oldest first, at most 50; without one the latest 20, the newest first."""
        cursor = _valid(FromSerializer, request.query_params)["cursor"]
        place()
        return Response(batch(_user_id(request), cursor) if cursor else latest(_user_id(request)))

    @extend_schema(request=UpToSerializer, responses=StreamSerializer)
    @action(detail=False, methods=["post"])
    def seen(self, request: Request) -> Response:
        """Mark everything up to `cursor` as seen; answers with the latest alerts."""
        mark_seen(_user_id(request), _valid(UpToSerializer, request.data)["cursor"])
        return Response(latest(_user_id(request)))


def _valid(shape: type[serializers.Serializer[Any]], said: Any) -> dict[str, Any]:
    serializer = shape(data=said)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def _user_id(request: Request) -> int:
    return int(request.user.pk or 0)


API: list[tuple[str, type[ViewSetMixin], str]] = [("alerts", AlertViewSet, "alert")]
