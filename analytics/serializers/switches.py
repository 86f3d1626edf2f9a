from typing import Any

from django.utils.translation import gettext
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from analytics.enums import Autonomy, Feature, Mode, PackState, RiskClass
from analytics.models import FeatureSwitch, ModelCard
from analytics.rules.evaluations import EvaluatedGroup, EvaluationFigures
from analytics.selectors.cards import OpenedCard, Rate, ShownEvaluation
from analytics.selectors.packs import ListedPack
from analytics.selectors.switching import Switchboard
from analytics.services.switching import Grounds
from caseflow.directory.endpoints import named


class CardSerializer(serializers.ModelSerializer[ModelCard]):
    """What a model pack is and may be used for (rule 6)."""

    risk_class = serializers.ChoiceField(choices=RiskClass.choices, read_only=True)
    autonomy = serializers.ChoiceField(choices=Autonomy.choices, read_only=True)
    purpose = serializers.SerializerMethodField()

    class Meta:
        model = ModelCard
        fields = (
            "slug",
            "pack",
            "version",
            "files",
            "risk_class",
            "autonomy",
            "owner",
            "purpose",
            "limits",
            "accuracy",
            "licence",
            "review_on",
            "impact_assessment_on",
            "thresholds",
        )
        read_only_fields = fields

    def get_purpose(self, card: ModelCard) -> str:
        return gettext(card.purpose)


class RateSerializer(serializers.Serializer[Rate]):
    """How people decided on a model's signals at one school."""

    school = serializers.CharField()
    signals = serializers.IntegerField()
    confirmed = serializers.IntegerField()
    dismissed = serializers.IntegerField()
    waiting = serializers.IntegerField()


class EvaluationFiguresSerializer(serializers.Serializer[EvaluationFigures]):
    """How well negative, neutral and positive were told, with the ends of the 95 % interval."""

    right_percent = serializers.IntegerField()
    low_percent = serializers.IntegerField()
    high_percent = serializers.IntegerField()
    calibration_error = serializers.FloatField()


class EvaluatedGroupSerializer(serializers.Serializer[EvaluatedGroup]):
    """One group of a set; `files`, `used` and `figures` are null where there are too few faces."""

    name = serializers.CharField()
    files = serializers.IntegerField(allow_null=True)
    used = serializers.IntegerField(allow_null=True)
    figures = EvaluationFiguresSerializer(allow_null=True)


class EvaluationSerializer(serializers.Serializer[ShownEvaluation]):
    """One evaluation of the model on a set of labelled faces."""

    name = serializers.CharField()
    evaluated_at = serializers.DateTimeField()
    files = serializers.IntegerField()
    used = serializers.IntegerField()
    figures = EvaluationFiguresSerializer()
    groups = EvaluatedGroupSerializer(many=True)


class OpenedCardSerializer(serializers.Serializer[OpenedCard]):
    """A card; `rates` is null for those who may not know how many signals a school has.

    The newest of the evaluations comes first.
    """

    card = CardSerializer()
    rates = RateSerializer(many=True, allow_null=True)
    review_is_due = serializers.BooleanField()
    missing = serializers.ListField(
        child=serializers.CharField(),
        help_text="What it lacks before its models may be used; empty when it is complete.",
    )
    evaluations = EvaluationSerializer(many=True)


class SchoolSwitchSerializer(serializers.Serializer[Any]):
    """The switch of one school, and on which grounds it was turned."""

    school = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    mode = serializers.ChoiceField(source="switch_mode", choices=Mode.choices)
    at = serializers.DateTimeField(source="switch_at", allow_null=True)
    legal_basis = serializers.CharField(source="switch_basis", allow_null=True)
    impact_assessment_on = serializers.DateField(source="switch_assessed_on", allow_null=True)


class PackSerializer(serializers.Serializer[ListedPack]):
    """A model pack by its card."""

    card = serializers.SlugField(source="card.slug")
    model = serializers.CharField(source="card.pack")
    version = serializers.CharField(source="card.version")
    state = serializers.ChoiceField(choices=PackState.choices)
    missing = serializers.ListField(child=serializers.CharField())


class TurnSerializer(serializers.Serializer[FeatureSwitch]):
    """One turn of a switch."""

    school = serializers.IntegerField(source="school_id", allow_null=True)
    feature = serializers.ChoiceField(choices=Feature.choices)
    mode = serializers.ChoiceField(choices=Mode.choices)
    by = serializers.CharField(source="by.short_name")
    at = serializers.DateTimeField()


@extend_schema_serializer(many=False)
class SwitchboardSerializer(serializers.Serializer[Switchboard]):
    """The switches of a feature at one's schools, and their last turns."""

    feature = serializers.ChoiceField(choices=Feature.choices)
    schools = SchoolSwitchSerializer(source="rows", many=True)
    past = TurnSerializer(many=True)
    everything_stopped = serializers.BooleanField()
    forbidden = serializers.BooleanField(help_text="The jurisdiction forbids it whatever the consent.")
    packs = PackSerializer(many=True)


class TurningSerializer(serializers.Serializer[Any]):
    """A turn of a school's switch; starting it needs both grounds."""

    mode = serializers.ChoiceField(choices=Mode.choices)
    feature = serializers.ChoiceField(choices=Feature.choices, required=False, default=Feature.MOOD)
    legal_basis = serializers.CharField(max_length=1000, required=False, default="", allow_blank=True)
    impact_assessment_on = serializers.DateField(required=False, default=None, allow_null=True)

    def turn(self) -> tuple[Mode, Grounds, Feature]:
        """The turn as `turn_switch` takes it."""
        said = self.validated_data
        grounds = Grounds(said["legal_basis"], said["impact_assessment_on"])
        return Mode(said["mode"]), grounds, Feature(said["feature"])


class FeatureSerializer(serializers.Serializer[Any]):
    feature = serializers.ChoiceField(choices=named(Feature.choices), required=False, default=Feature.MOOD)


class StoppedSerializer(serializers.Serializer[Any]):
    stopped = serializers.BooleanField()
