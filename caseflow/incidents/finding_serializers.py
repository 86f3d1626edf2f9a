"""What the API shows of findings and answers, and how they are sent."""

from typing import Any

from rest_framework import serializers

from caseflow.incidents.enums import Answerer
from caseflow.incidents.selectors.bullying import Answer, Finding, Ground, Heard


class GroundSerializer(serializers.Serializer[Ground]):
    """A report that a finding rests on; `counts` is false where it no longer does."""

    incident = serializers.UUIDField(source="incident.pk")
    number = serializers.IntegerField(source="incident.number")
    counts = serializers.BooleanField()


class FindingSerializer(serializers.Serializer[Finding]):
    """Bullying confirmed between two pupils. `holds` is false where what it rested on no longer stands. The reasons are
    empty for whoever does not decide."""

    id = serializers.UUIDField(source="bullying.pk")
    incident = serializers.UUIDField(source="bullying.incident_id")
    said = serializers.UUIDField(source="bullying.said_id")
    harmed = serializers.UUIDField(source="bullying.harmed_id")
    at = serializers.DateTimeField(source="bullying.at")
    taken_back_at = serializers.DateTimeField(source="bullying.taken_back_at", allow_null=True)
    overridden = serializers.BooleanField()
    override = serializers.CharField()
    taken_back = serializers.CharField()
    holds = serializers.BooleanField()
    grounds = GroundSerializer(many=True)


class PartyAnswerSerializer(serializers.Serializer[Answer]):
    """What a pupil concerned answers, or a guardian for the pupil."""

    answerer = serializers.ChoiceField(source="row.answerer", choices=Answerer.choices)
    text = serializers.CharField()
    asks_correction = serializers.BooleanField(source="row.asks_correction")
    noted_at = serializers.DateTimeField(source="row.noted_at")


class HeardSerializer(serializers.Serializer[Heard]):
    """The answers of one pupil, the oldest first; none yet where the pupil has not been heard."""

    pupil = serializers.UUIDField(source="pupil.pk")
    answers = PartyAnswerSerializer(many=True)


class ConfirmSerializer(serializers.Serializer[Any]):
    """Between which parties; `override` is the reason where fewer than two reports count."""

    said = serializers.UUIDField()
    harmed = serializers.UUIDField()
    override = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)


class TakeBackSerializer(serializers.Serializer[Any]):
    """Which finding of the report, and why it is taken back."""

    finding = serializers.UUIDField()
    reason = serializers.CharField(max_length=2000)


class ParentToldSerializer(serializers.Serializer[Any]):
    """Which parent of which pupil was told, and when; no guardian: a representative who is not on record."""

    pupil = serializers.UUIDField()
    guardian = serializers.UUIDField(required=False, allow_null=True, default=None)
    told_at = serializers.DateTimeField()


class CouncilHeldSerializer(serializers.Serializer[Any]):
    """When the council met, and what it came to."""

    held_on = serializers.DateField()
    outcome = serializers.CharField(max_length=8000)


class NoteAnswerSerializer(serializers.Serializer[Any]):
    """What a party said to have harmed somebody answers."""

    party = serializers.UUIDField()
    answerer = serializers.ChoiceField(choices=Answerer.choices)
    text = serializers.CharField(max_length=8000)
    asks_correction = serializers.BooleanField(default=False)
