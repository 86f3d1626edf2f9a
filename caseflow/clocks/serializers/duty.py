"""What the API shows of duty."""

from typing import Any

from rest_framework import serializers

from caseflow.clocks.enums import Rung
from caseflow.clocks.models import DutyCall, DutyShift
from caseflow.directory.endpoints import LARGEST
from caseflow.directory.enums import Role


class DutyCallSerializer(serializers.ModelSerializer[DutyCall]):
    """A call for which one was rung. Without `answered_at` and `ended_at` it rings; `url` is the page it is about.

    `helped_by` has taken it without being able to open that page, so that it rings on for the others.
    """

    helped_by = serializers.CharField(source="helped_by.short_name", default=None, allow_null=True)
    answered_by = serializers.CharField(source="answered_by.short_name", default=None, allow_null=True)
    rung = serializers.ChoiceField(choices=Rung.choices)

    class Meta:
        model = DutyCall
        fields = (
            "id",
            "reason",
            "school",
            "url",
            "started_at",
            "rung",
            "helped_by",
            "helped_at",
            "answered_by",
            "answered_at",
            "ended_at",
        )
        read_only_fields = fields


class DutyShiftSerializer(serializers.ModelSerializer[DutyShift]):
    """Somebody on duty, from when to when."""

    name = serializers.CharField(source="membership.user.short_name")
    role = serializers.ChoiceField(source="membership.role", choices=Role.choices)

    class Meta:
        model = DutyShift
        fields = ("id", "membership", "name", "role", "starts_at", "ends_at")
        read_only_fields = fields


class NewShiftSerializer(serializers.Serializer[Any]):
    """A shift as it is sent; `member_id` is a membership of the unit."""

    member_id = serializers.IntegerField(min_value=1, max_value=LARGEST)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class TakenSerializer(serializers.Serializer[Any]):
    """Who has the call, and since when."""

    detail = serializers.CharField()
    by = serializers.CharField()
    at = serializers.DateTimeField()
