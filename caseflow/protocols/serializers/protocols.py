"""What the API shows of protocols, and how a draft is written."""

from typing import Any

from rest_framework import serializers

from caseflow.clocks.enums import Basis, Unit
from caseflow.protocols.enums import Doer, Evidence, Missed, Part, VersionState
from caseflow.protocols.models import ProtocolVersion
from caseflow.protocols.rules import (
    LANGUAGES,
    LONGEST_NAME,
    LONGEST_REASON,
    LONGEST_SOURCE,
    LONGEST_TERM,
    MOST_STEPS,
    StepText,
    VersionText,
)
from caseflow.protocols.selectors.versions import seen_of


class NamesSerializer(serializers.Serializer[Any]):
    """A name in each language."""

    kk = serializers.CharField(max_length=LONGEST_NAME, allow_blank=True)
    ru = serializers.CharField(max_length=LONGEST_NAME, allow_blank=True)
    en = serializers.CharField(max_length=LONGEST_NAME, allow_blank=True)


class HintsSerializer(serializers.Serializer[Any]):
    """A hint in each language; empty where there is none."""

    kk = serializers.CharField(max_length=LONGEST_NAME, allow_blank=True, default="")
    ru = serializers.CharField(max_length=LONGEST_NAME, allow_blank=True, default="")
    en = serializers.CharField(max_length=LONGEST_NAME, allow_blank=True, default="")


class ProtocolStepSerializer(serializers.Serializer[Any]):
    """A step; its term counts from the beginning of a flow."""

    code = serializers.SlugField(max_length=40, allow_blank=True, default="")
    title = NamesSerializer()
    hint = HintsSerializer(required=False)
    doer = serializers.ChoiceField(choices=Doer.choices)
    amount = serializers.IntegerField(min_value=0, max_value=LONGEST_TERM)
    unit = serializers.ChoiceField(choices=Unit.choices)
    basis = serializers.ChoiceField(choices=Basis.choices)
    evidence = serializers.ChoiceField(choices=Evidence.choices)
    part = serializers.ChoiceField(choices=Part.choices, allow_blank=True, default="")
    missed = serializers.ChoiceField(choices=Missed.choices)


class ProtocolVersionSerializer(serializers.Serializer[ProtocolVersion]):
    """A version with its steps. `seen` is named by whoever saves it as a draft."""

    id = serializers.UUIDField(source="pk")
    protocol = serializers.CharField(source="protocol.code")
    region = serializers.IntegerField(source="protocol.region_id", allow_null=True)
    number = serializers.IntegerField()
    state = serializers.ChoiceField(choices=VersionState.choices)
    title = NamesSerializer()
    source = serializers.CharField()  # type: ignore[assignment]  # a field, not where one comes from
    in_force_from = serializers.DateTimeField(allow_null=True)
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    withdrawn_why = serializers.CharField()
    steps = serializers.SerializerMethodField()
    seen = serializers.SerializerMethodField()

    def get_steps(self, version: ProtocolVersion) -> list[dict[str, Any]]:
        return [dict(ProtocolStepSerializer(step).data) for step in version.steps.all()]

    def get_seen(self, version: ProtocolVersion) -> str:
        return seen_of(version)


class ProtocolTextSerializer(serializers.Serializer[Any]):
    """All that a draft says."""

    title = NamesSerializer()
    source = serializers.CharField(max_length=LONGEST_SOURCE)  # type: ignore[assignment]  # as above
    steps = ProtocolStepSerializer(many=True, max_length=MOST_STEPS)  # type: ignore[call-arg]  # of the list

    def text(self) -> VersionText:
        given = self.validated_data
        steps = tuple(StepText(**{"hint": dict.fromkeys(LANGUAGES, ""), **step}) for step in given["steps"])
        return VersionText(dict(given["title"]), given["source"], steps)


class WithdrawalSerializer(serializers.Serializer[Any]):
    """Why a version is taken out of force."""

    reason = serializers.CharField(max_length=LONGEST_REASON)


class ProtocolDraftSerializer(ProtocolTextSerializer):
    seen = serializers.CharField(max_length=64)
