from typing import Any

from rest_framework import serializers


class AiSerializer(serializers.Serializer[Any]):
    """The mark of everything that a model made (rule 7)."""

    ai_generated = serializers.SerializerMethodField()
    model = serializers.CharField(source="card.pack")
    version = serializers.CharField(source="card.version")

    def get_ai_generated(self, _made: object) -> bool:
        return True
