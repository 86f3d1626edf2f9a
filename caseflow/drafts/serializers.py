from typing import Any

from rest_framework import serializers

from caseflow.drafts.rules import LONGEST_DRAFT
from caseflow.drafts.selectors import Kept


class DraftSerializer(serializers.Serializer[Kept]):
    """What its author has written so far. `revision` is new with each save; an `undecided` one is another version of a
    text that was written on two devices, until its author decides."""

    key = serializers.CharField()
    written = serializers.DictField(source="fields", child=serializers.CharField())
    revision = serializers.UUIDField()
    updated_at = serializers.DateTimeField()
    undecided = serializers.BooleanField()


class WrittenSerializer(serializers.Serializer[Any]):
    """The form's fields as they stand; `seen` is the revision that is replaced, null for the first save. `aside` is
    that of the undecided version which these words go on from, or decide about."""

    written = serializers.DictField(child=serializers.CharField(allow_blank=True, max_length=LONGEST_DRAFT))
    seen = serializers.UUIDField(allow_null=True, default=None)
    aside = serializers.UUIDField(allow_null=True, default=None)


class SeenSerializer(serializers.Serializer[Any]):
    """Which revision is meant."""

    seen = serializers.UUIDField(allow_null=True, default=None)


class StaleSerializer(serializers.Serializer[Any]):
    """Another device keeps another version, which is `current`; nothing was changed. What was sent to be kept lies
    beside it, as the undecided version `aside`."""

    detail = serializers.CharField()
    current = DraftSerializer()
    aside = serializers.UUIDField(allow_null=True)
