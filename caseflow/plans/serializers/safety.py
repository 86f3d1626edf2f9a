"""What the API shows of safety plans, and takes for them."""

from typing import Any

from rest_framework import serializers

from caseflow.plans.enums import Signer, Way
from caseflow.plans.models import SafetyPlanVersion, SharedReading, Sharing
from caseflow.plans.rules import LONGEST_LINE, LONGEST_NAME, MOST_LINES, STEPS, Line, Mark, PlanText
from caseflow.plans.rules.signatures import LONGEST_INK
from caseflow.plans.selectors.versions import Safety, Signed, Version


class SafetyLineSerializer(serializers.Serializer[Line]):
    """A line, and whether parents may read it once the plan is shared."""

    text = serializers.CharField(max_length=LONGEST_LINE)
    shared = serializers.BooleanField(default=False)


class StepsField(serializers.ListField):
    """Six steps in order, each a list of lines."""

    child = serializers.ListField(child=SafetyLineSerializer(), max_length=MOST_LINES)


class SafetyTextSerializer(serializers.Serializer[PlanText]):
    """The text of a plan. `sha256` is to be sent back with what is done with it."""

    name = serializers.CharField()
    steps = StepsField()
    sha256 = serializers.CharField()


class SafetySignatureSerializer(serializers.Serializer[Signed]):
    """Who signed: `path` is what was drawn, as an SVG path in a box of 1000 by 300; or a `typed` name."""

    signer = serializers.ChoiceField(source="signature.signer", choices=Signer.choices)
    who = serializers.CharField()
    path = serializers.CharField()
    typed = serializers.CharField()
    witness = serializers.IntegerField(source="signature.witness_id", allow_null=True)
    at = serializers.DateTimeField(source="signature.at")
    sha256 = serializers.CharField(source="signature.sha256")


class SafetyVersionSerializer(serializers.Serializer[Version]):
    """A signed version. `review` is the task to look at it again."""

    number = serializers.IntegerField(source="version.number")
    signed_at = serializers.DateTimeField(source="version.signed_at")
    read_aloud_by = serializers.IntegerField(source="version.read_aloud_by_id")
    shared_sha256 = serializers.CharField(source="version.shared_sha256")
    review = serializers.UUIDField(source="version.review_id")
    text = SafetyTextSerializer()
    signatures = SafetySignatureSerializer(source="signed", many=True)


class SafetyNumberSerializer(serializers.ModelSerializer[SafetyPlanVersion]):
    """A version by its number."""

    class Meta:
        model = SafetyPlanVersion
        fields = ("number", "signed_at")
        read_only_fields = fields


class SafetyReadingSerializer(serializers.Serializer[SharedReading]):
    guardian = serializers.UUIDField(source="guardian_id")
    name = serializers.CharField(source="guardian.short_name")
    first_at = serializers.DateTimeField()
    last_at = serializers.DateTimeField()


class SharingSerializer(serializers.Serializer[Sharing]):
    """Which version guardians may read now, and since when."""

    version = serializers.IntegerField(source="version.number")
    by = serializers.IntegerField(source="by_id")
    at = serializers.DateTimeField()


class SafetyReaderSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="pk")
    name = serializers.CharField(source="short_name")


class SafetySerializer(serializers.Serializer[Safety]):
    """The safety plan of a case. `draft` is null while nothing is being written, `newest` until something is signed."""

    draft = SafetyTextSerializer(allow_null=True)
    newest = SafetyVersionSerializer(allow_null=True)
    versions = SafetyNumberSerializer(source="numbers", many=True)
    sharing = SharingSerializer(allow_null=True)
    readings = SafetyReadingSerializer(many=True)
    may_read = SafetyReaderSerializer(many=True)


class SafetySeenSerializer(serializers.Serializer[Any]):
    """`seen_sha256` is the digest of the text one has before oneself."""

    seen_sha256 = serializers.CharField(max_length=64)


class SafetyDraftSerializer(SafetySeenSerializer):
    """The draft as it is sent."""

    name = serializers.CharField(max_length=LONGEST_NAME, allow_blank=True)
    steps = StepsField(min_length=len(STEPS), max_length=len(STEPS))

    def text(self) -> PlanText:
        """Only after `is_valid`."""
        given = self.validated_data
        return PlanText(given["name"], tuple(tuple(Line(**line) for line in step) for step in given["steps"]))


class SafetyMarkSerializer(serializers.Serializer[Any]):
    """A signature: strokes as JSON, lists of points in a box of 1000 by 300, or the typed name."""

    way = serializers.ChoiceField(choices=Way.choices)
    content = serializers.CharField(max_length=LONGEST_INK)


class SafetySignSerializer(SafetySeenSerializer):
    read_aloud = serializers.BooleanField()
    pupil = SafetyMarkSerializer()
    psychologist = SafetyMarkSerializer()
    review_on = serializers.DateField()


class SafetyCountersignSerializer(SafetySeenSerializer):
    """`seen_sha256` is the digest of the shared lines."""

    guardian = serializers.UUIDField()
    mark = SafetyMarkSerializer()


def mark_of(given: dict[str, Any]) -> Mark:
    return Mark(Way(given["way"]), given["content"])
