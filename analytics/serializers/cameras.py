from typing import Any

from rest_framework import serializers

from analytics.enums import CameraState


class CameraHealthSerializer(serializers.Serializer[Any]):
    """How a camera of the register is. Its address is nobody's to read."""

    camera = serializers.IntegerField(source="camera.pk")
    room = serializers.CharField(source="camera.room")
    name = serializers.CharField(source="camera.name")
    state = serializers.ChoiceField(choices=CameraState.choices)
    since = serializers.DateTimeField(allow_null=True)
    trouble = serializers.CharField(help_text="What is wrong and what to do, in the language of the user")
    seen_at = serializers.DateTimeField(source="health.seen_at", allow_null=True, default=None)
    pictures_a_second = serializers.FloatField(source="health.pictures_a_second", default=0)
    stalls = serializers.IntegerField(source="health.stalls", default=0, help_text="In the last hour")
    reconnects = serializers.IntegerField(source="health.reconnects", default=0, help_text="In the last hour")
