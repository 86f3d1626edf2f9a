from typing import Any

from rest_framework import serializers

from caseflow.documents.enums import Tongue
from caseflow.dossier.enums import Form, Kind, Meeting
from caseflow.dossier.rules import LONGEST_PURPOSE, Wanted
from caseflow.dossier.selectors.offering import Choice, Made


class DossierPartSerializer(serializers.Serializer[Choice]):
    """A part that may be ticked; a confidential one is never ticked by itself."""

    name = serializers.CharField()
    title = serializers.CharField()
    confidential = serializers.BooleanField()
    kept_from = serializers.ListField(
        child=serializers.ChoiceField(choices=Meeting.choices), help_text="The meetings to which it must not go."
    )


class DossierMadeSerializer(serializers.Serializer[Made]):
    """A paper that was made before; the paper itself is not kept."""

    at = serializers.DateTimeField(source="making.at")
    by = serializers.CharField(source="making.by.short_name")
    kind = serializers.ChoiceField(source="making.kind", choices=Kind.choices)
    form = serializers.ChoiceField(source="making.form", choices=Form.choices)
    meeting = serializers.ChoiceField(source="making.meeting", choices=Meeting.choices)
    purpose = serializers.CharField()
    parts = serializers.ListField(child=serializers.CharField(), source="making.parts")


class DossierOfferSerializer(serializers.Serializer[Any]):
    """What may be taken along to a meeting."""

    profile = DossierPartSerializer(many=True)
    chronology = DossierPartSerializer(many=True)
    made = DossierMadeSerializer(many=True)


class NewProfileSerializer(serializers.Serializer[Any]):
    """For whose meeting a profile is made, and what it holds."""

    kind = Kind.PROFILE
    meeting = serializers.ChoiceField(choices=Meeting.choices)
    purpose = serializers.CharField(max_length=LONGEST_PURPOSE, help_text="Stands on every page, and is kept.")
    language = serializers.ChoiceField(choices=Tongue.choices, default=Tongue.BOTH)
    parts = serializers.ListField(child=serializers.CharField(max_length=40), min_length=1, max_length=40)

    def wanted(self) -> Wanted:
        given = self.validated_data
        return Wanted(
            kind=self.kind,
            form=Form.PDF,
            meeting=Meeting(given["meeting"]),
            purpose=given["purpose"],
            tongue=Tongue(given["language"]),
            parts=frozenset(given["parts"]),
            since=given.get("since"),
            until=given.get("until"),
        )


class NewChronologySerializer(NewProfileSerializer):
    """The same for a full chronology, of a period or of all time."""

    kind = Kind.CHRONOLOGY
    since = serializers.DateField(required=False, allow_null=True, default=None)
    until = serializers.DateField(required=False, allow_null=True, default=None)
