from typing import Any

from rest_framework import serializers

from caseflow.alarms.enums import OFFERED_FINDINGS
from caseflow.alarms.models import Alarm
from caseflow.alarms.services.talking import LONGEST

STEPS = ("accept", "take_over", "dispatch", "arrive", "classify", "close", "treat_as_real")


class AlarmSerializer(serializers.ModelSerializer[Alarm]):
    """An alarm of the list. Who pressed is in none of it."""

    school = serializers.CharField(source="school.name")
    holder = serializers.CharField(source="device.holder")
    place = serializers.CharField()
    finding = serializers.CharField(help_text="empty while nobody has said what it was")
    is_drill = serializers.BooleanField(help_text="never true before somebody has accepted it (rule 20)")
    operator = serializers.CharField(source="operator.short_name", default=None, allow_null=True)

    class Meta:
        model = Alarm
        fields = (
            "id", "school", "holder", "place", "pressed_at", "waited_s", "still_needed", "state", "delivered_at",
            "accepted_at", "dispatched_at", "arrived_at", "closed_at", "operator", "patrol", "finding", "is_drill",
        )  # fmt: skip
        read_only_fields = fields


class AlarmWordSerializer(serializers.Serializer[Any]):
    voice = serializers.CharField(source="voice.value")
    text = serializers.CharField()
    at = serializers.DateTimeField()


class AlarmViewSerializer(serializers.Serializer[Any]):
    """One alarm; `presser` is a name for the operator who holds it, where the presser wanted it known."""

    alarm = AlarmSerializer()
    presser = serializers.CharField()
    is_mine = serializers.BooleanField()
    messages = AlarmWordSerializer(many=True)


class AlarmStepSerializer(serializers.Serializer[Any]):
    """`patrol` goes with dispatch, `finding` with classify."""

    step = serializers.ChoiceField(STEPS)
    patrol = serializers.CharField(required=False, default="", allow_blank=True, max_length=40)
    finding = serializers.ChoiceField([(one.value, one.label) for one in OFFERED_FINDINGS], required=False)


class AlarmLineSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=LONGEST)
