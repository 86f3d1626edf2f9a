from typing import Any

from rest_framework import serializers

from analytics.models import DayValue
from analytics.selectors.signals import Mood
from analytics.selectors.uses import Outcome, Uses
from analytics.serializers.ai import AiSerializer
from caseflow.triage.enums import OFFERED_REASONS, Decision, ItemState


class SignalSerializer(AiSerializer):
    """A sustained change against the pupil's own baseline; an invitation to look, no score."""

    id = serializers.UUIDField(source="triage_item_id")
    pupil = serializers.UUIDField(source="pupil_id")
    since = serializers.DateField()
    day = serializers.DateField()
    effect_sd = serializers.FloatField(source="effect")
    interval_low_sd = serializers.FloatField(source="interval_low")
    interval_high_sd = serializers.FloatField(source="interval_high")
    coverage = serializers.FloatField(help_text="0..1")
    mode = serializers.CharField()
    demo = serializers.BooleanField()
    state = serializers.CharField(source="triage_item.state")
    due_at = serializers.DateTimeField(source="triage_item.due_at")


class EvidenceSerializer(SignalSerializer):
    """A signal with the series it rests on."""

    evidence = serializers.DictField()


class ShownSerializer(serializers.Serializer[Any]):
    """Which signals a list shows."""

    decided = serializers.BooleanField(default=False)


class SignalDecisionSerializer(serializers.Serializer[Any]):
    """One of the three decisions, always with a reason (rule 4)."""

    decision = serializers.ChoiceField(choices=Decision.choices)
    reason_code = serializers.ChoiceField(
        choices=[(reason.value, reason.label) for reason in OFFERED_REASONS],
        required=False,
        default="",
        allow_blank=True,
    )
    reason = serializers.CharField(min_length=5, max_length=2000)


class DayValueSerializer(serializers.Serializer[DayValue]):
    """A day of the series; null is "insufficient data", never "calm"."""

    date = serializers.DateField()
    value = serializers.FloatField(allow_null=True)
    lessons = serializers.IntegerField()


class UsualSerializer(serializers.Serializer[Any]):
    """The pupil's own usual range, in units of the day statistic."""

    mean = serializers.FloatField()
    sd = serializers.FloatField()


class MoodSerializer(serializers.Serializer[Mood]):
    """A pupil's newest series against the own usual range; no diagnosis. `usual` is null before it is known."""

    ai_generated = serializers.SerializerMethodField()
    model = serializers.CharField(source="series.card.pack")
    version = serializers.CharField(source="series.card.version")
    demo = serializers.BooleanField(source="series.demo")
    days = DayValueSerializer(many=True)
    usual = UsualSerializer(allow_null=True)
    days_missing = serializers.IntegerField()
    signal = serializers.UUIDField(source="signal.pk", default=None, allow_null=True)

    def get_ai_generated(self, _mood: Mood) -> bool:
        return True


class ShownMoodSerializer(serializers.Serializer[Any]):
    """`mood` is null when there is nothing to show, never why."""

    mood = MoodSerializer(allow_null=True)


class UsedRunSerializer(AiSerializer):
    """When, where and with which model a lesson of the pupil was analysed."""

    date = serializers.DateField()
    subject = serializers.CharField(source="slot.subject")
    school = serializers.CharField()
    room = serializers.CharField(source="slot.room")
    card = serializers.SlugField(source="card.slug")


class DecidedSerializer(serializers.Serializer[Outcome]):
    """What a person decided about a signal, and when. Never a value."""

    ai_generated = serializers.SerializerMethodField()
    model = serializers.CharField()
    version = serializers.CharField()
    noticed_on = serializers.DateField()
    decided_on = serializers.DateField()
    state = serializers.ChoiceField(choices=ItemState.choices)

    def get_ai_generated(self, _outcome: Outcome) -> bool:
        return True


class UsesSerializer(serializers.Serializer[Uses]):
    """That AI was used on a pupil's data (rule 5)."""

    runs = UsedRunSerializer(many=True)
    outcomes = DecidedSerializer(many=True)
