from typing import Any

from rest_framework import serializers

from analytics.enums import ClimateBreak, ClimateLevel, ClimateSpan
from analytics.models import ModelCard
from analytics.selectors.climate import Climate, Row
from caseflow.directory.models import SchoolClass
from caseflow.directory.serializers import LocalTimeField


class SpanSerializer(serializers.Serializer[Any]):
    """What the map shows."""

    span = serializers.ChoiceField(choices=ClimateSpan.choices, default=ClimateSpan.LESSONS)


class ClimateClassSerializer(serializers.ModelSerializer[SchoolClass]):
    """A class of which at least ten pupils were analysed; never how many."""

    class Meta:
        model = SchoolClass
        fields = ("id", "school", "grade", "letter")
        read_only_fields = fields


class UsedModelSerializer(serializers.Serializer[ModelCard]):
    """A model that took part."""

    model = serializers.CharField(source="pack")
    version = serializers.CharField()


class ColumnSerializer(serializers.Serializer[Any]):
    """A week by its Monday; with `breaks` it is not compared with the weeks before it."""

    week = serializers.DateField()
    breaks = serializers.ListField(child=serializers.ChoiceField(choices=ClimateBreak.choices))


class RowSerializer(serializers.Serializer[Row]):
    """A lesson, or a weekday without one. `levels`: one for each column; null is "too few", never "calm"."""

    weekday = serializers.IntegerField(min_value=1, max_value=7)
    lesson = serializers.IntegerField(source="slot.pk", default=None, allow_null=True)
    starts_at = LocalTimeField(source="slot.starts_at", default=None, allow_null=True)
    subject = serializers.CharField(source="slot.subject", default=None, allow_null=True)
    levels = serializers.ListField(
        child=serializers.IntegerField(
            allow_null=True,
            min_value=ClimateLevel.FAR_BELOW,
            max_value=ClimateLevel.FAR_ABOVE,
            help_text="-2 far below what the class's pupils usually show, 0 as usual, 2 far above",
        )
    )


class ClimateSerializer(serializers.Serializer[Climate]):
    """The heat-map of a class in coarse steps, by time and never by strength. No number of pupils, no pupil."""

    ai_generated = serializers.SerializerMethodField()
    models = UsedModelSerializer(source="cards", many=True)
    demo = serializers.BooleanField()
    school_class = serializers.IntegerField(source="school_class.pk")
    span = serializers.ChoiceField(choices=ClimateSpan.choices)
    columns = ColumnSerializer(many=True)
    rows = RowSerializer(many=True)

    def get_ai_generated(self, _climate: Climate) -> bool:
        return True
