from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from caseflow.consent.enums import Purpose
from caseflow.consent.models import ConsentText
from caseflow.consent.selectors import PanelRow
from caseflow.consent.selectors.office import Coverage


class TextSerializer(serializers.ModelSerializer[ConsentText]):
    class Meta:
        model = ConsentText
        fields = (
            "id",
            "version",
            "language",
            "title",
            "summary",
            "body",
            "data_categories",
            "third_parties",
            "cross_border",
            "term",
            "status",
        )
        read_only_fields = fields


class OwnConsentSerializer(serializers.Serializer[Any]):
    """A purpose of one's own child, as one decided oneself."""

    pupil = serializers.UUIDField()
    purpose = serializers.ChoiceField(choices=Purpose.choices)
    state = serializers.ChoiceField(choices=["given", "lapsed", "withdrawn", "refused", "none"])
    since = serializers.DateTimeField(allow_null=True)
    until = serializers.DateTimeField(allow_null=True)
    operator = serializers.CharField()
    shown_sha256 = serializers.CharField()
    text = TextSerializer()


class ConsentDecisionSerializer(serializers.Serializer[Any]):
    """Which consent is meant."""

    pupil = serializers.UUIDField()
    purpose = serializers.ChoiceField(choices=Purpose.choices)


class GivingSerializer(ConsentDecisionSerializer):
    """A consent to a text that was opened and confirmed."""

    text = serializers.UUIDField()
    language = serializers.ChoiceField(choices=["kk", "ru", "en"])
    shown_sha256 = serializers.CharField(max_length=64)
    confirmed = serializers.BooleanField()


class PanelRowSerializer(serializers.Serializer[PanelRow]):
    """A purpose as the psychologist sees it: `on`, `off` or never answered (`none`), and since when."""

    purpose = serializers.ChoiceField(choices=Purpose.choices)
    state = serializers.ChoiceField(choices=["on", "off", "none"])
    since = serializers.DateTimeField(allow_null=True)


class OpenPurposeSerializer(serializers.Serializer[Any]):
    purpose = serializers.ChoiceField(choices=Purpose.choices)
    pupils = serializers.IntegerField()


class CoverageSerializer(serializers.Serializer[Coverage]):
    """A class and, for each purpose, for how many of its pupils the gate is open now."""

    school_class = serializers.IntegerField(source="school_class.pk")
    pupils = serializers.IntegerField()
    open = serializers.SerializerMethodField()

    @extend_schema_field(OpenPurposeSerializer(many=True))
    def get_open(self, covered: Coverage) -> list[dict[str, Any]]:
        return [{"purpose": purpose.value, "pupils": n} for purpose, n in zip(Purpose, covered.open, strict=True)]
