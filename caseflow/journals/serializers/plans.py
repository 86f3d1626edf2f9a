"""What the API shows of the plan of a year, and takes for it."""

from typing import Any

from rest_framework import serializers

from caseflow.directory.endpoints import LARGEST
from caseflow.journals.enums import Direction, PlanItemState, PlanState
from caseflow.journals.models import PlanItem, YearPlan
from caseflow.journals.services.planning import Item


class AskedYearSerializer(serializers.Serializer[Any]):
    """Which school year: the running one unless said otherwise."""

    year = serializers.IntegerField(required=False, min_value=1, max_value=LARGEST)


class YearSerializer(serializers.Serializer[Any]):
    """Which school year."""

    year = serializers.IntegerField(min_value=1, max_value=LARGEST)


class PlanRemarkSerializer(YearSerializer):
    """Which year's plan goes back, and what is to be changed."""

    remark = serializers.CharField(max_length=500)


class PlanItemSerializer(serializers.ModelSerializer[PlanItem]):
    """A piece of planned work; `month` is null for the whole year."""

    owner_name = serializers.CharField(source="owner.short_name")
    direction = serializers.ChoiceField(choices=Direction.choices)
    state = serializers.ChoiceField(choices=PlanItemState.choices)

    class Meta:
        model = PlanItem
        fields = (
            "id",
            "direction",
            "title",
            "audience",
            "month",
            "owner",
            "owner_name",
            "expected",
            "state",
            "outcome",
            "appointment",
            "ended_at",
        )
        read_only_fields = fields


class YearPlanSerializer(serializers.ModelSerializer[YearPlan]):
    """The plan of a school's service for a year."""

    state = serializers.ChoiceField(choices=PlanState.choices)
    items = PlanItemSerializer(many=True)

    class Meta:
        model = YearPlan
        fields = ("id", "year", "state", "sent_at", "approved_at", "remark", "items")
        read_only_fields = fields


class NewPlanItemSerializer(YearSerializer):
    """A piece of work as it is planned."""

    direction = serializers.ChoiceField(choices=Direction.choices)
    title = serializers.CharField(max_length=200)
    audience = serializers.CharField(max_length=120)
    month = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1, max_value=12)
    owner = serializers.IntegerField(min_value=1, max_value=LARGEST)
    expected = serializers.CharField(max_length=300)

    def item(self) -> Item:
        """As `write_item` takes it."""
        given = {name: value for name, value in self.validated_data.items() if name != "year"}
        return Item(**{**given, "direction": Direction(given["direction"])})


class EndPlanItemSerializer(serializers.Serializer[Any]):
    """What became of a piece of planned work; `appointment` is one that was held."""

    state = serializers.ChoiceField(choices=PlanItemState.choices)
    outcome = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)
    appointment = serializers.UUIDField(required=False, allow_null=True, default=None)
