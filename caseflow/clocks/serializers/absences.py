"""What the API shows of who is away."""

from typing import Any

from rest_framework import serializers

from caseflow.clocks.enums import AwayReason
from caseflow.clocks.models import Absence
from caseflow.directory.endpoints import LARGEST


class AbsenceSerializer(serializers.ModelSerializer[Absence]):
    """Somebody in a role (`membership`) is away, both days included, and somebody else stands in."""

    name = serializers.CharField(source="membership.user.short_name")
    stand_in_name = serializers.CharField(source="stand_in.user.short_name")

    class Meta:
        model = Absence
        fields = ("id", "membership", "name", "stand_in", "stand_in_name", "first_day", "last_day", "reason")
        read_only_fields = fields


class NewAbsenceSerializer(serializers.Serializer[Any]):
    """An absence as it is sent; `member_id` is left out for the own one, else somebody whom one leads."""

    member_id = serializers.IntegerField(min_value=1, max_value=LARGEST, required=False, allow_null=True, default=None)
    stand_in_id = serializers.IntegerField(min_value=1, max_value=LARGEST)
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    reason = serializers.ChoiceField(choices=AwayReason.choices, required=False, default="", allow_blank=True)


class PersonAwaySerializer(serializers.Serializer[Any]):
    """Who can stand in."""

    membership = serializers.IntegerField(source="pk")
    name = serializers.CharField(source="user.short_name")
    unit = serializers.CharField(source="unit_name")


class AskedForSerializer(serializers.Serializer[Any]):
    """Whose stand-ins are asked for: the own ones where it is left out."""

    member_id = serializers.IntegerField(min_value=1, max_value=LARGEST, required=False, allow_null=True, default=None)
