"""What the API shows and takes after a loss: the same as the pages, to the same readers."""

from typing import Any

from rest_framework import serializers

from caseflow.directory.endpoints import LARGEST
from caseflow.postvention.enums import Audience, Circle, Language, Manner, Sayer, TemplateState, Warned, Who
from caseflow.postvention.models import LossMessage, MessageTemplate
from caseflow.postvention.rules import LONGEST_NAME, LONGEST_TEXT, LONGEST_WORDS, Finding
from caseflow.postvention.selectors.affected import AffectedPage, AffectedView, Progress, Proposal
from caseflow.postvention.selectors.events import LossLine, LossPage, StepView
from caseflow.postvention.selectors.messages import MessageView, Offer


class LossLineSerializer(serializers.Serializer[LossLine]):
    """An event in a list."""

    id = serializers.UUIDField(source="event.pk")
    school = serializers.IntegerField(source="event.school_id")
    who = serializers.ChoiceField(source="event.who", choices=Who.choices)
    name = serializers.CharField()
    died_on = serializers.DateField(source="event.died_on")
    opened_at = serializers.DateTimeField(source="event.opened_at")
    closed_at = serializers.DateTimeField(source="event.closed_at", allow_null=True)
    open_steps = serializers.IntegerField()


class LossStepSerializer(serializers.Serializer[StepView]):
    """A step, or a day on which the loss comes back. `mine`: the reader may settle it."""

    id = serializers.UUIDField(source="row.pk")
    name = serializers.CharField()
    help = serializers.CharField()
    doer = serializers.CharField(source="row.doer")
    day = serializers.DateField(source="row.day", allow_null=True)
    due_at = serializers.DateTimeField(source="row.clock.due_at")
    done_at = serializers.DateTimeField(source="row.done_at", allow_null=True)
    done_by = serializers.IntegerField(source="row.done_by_id", allow_null=True)
    waived = serializers.BooleanField(source="row.waived")
    proof = serializers.CharField()
    mine = serializers.BooleanField()


class LossPageSerializer(serializers.Serializer[LossPage]):
    """An event with its steps. What the head of the school does not see is empty."""

    id = serializers.UUIDField(source="event.pk")
    school = serializers.IntegerField(source="event.school_id")
    who = serializers.ChoiceField(source="event.who", choices=Who.choices)
    name = serializers.CharField()
    died_on = serializers.DateField(source="event.died_on")
    manner = serializers.CharField()
    steps = LossStepSerializer(many=True)
    open_steps = serializers.IntegerField()
    help_asked_at = serializers.DateTimeField(source="event.help_asked_at", allow_null=True)
    help_taken_at = serializers.DateTimeField(source="event.help_taken_at", allow_null=True)
    death_recorded_at = serializers.DateTimeField(source="death.record.recorded_at", default=None, allow_null=True)
    death_confirmed_at = serializers.DateTimeField(source="death.record.confirmed_at", default=None, allow_null=True)
    closed_at = serializers.DateTimeField(source="event.closed_at", allow_null=True)


class OpenLossSerializer(serializers.Serializer[Any]):
    """What is known when an event is opened."""

    school_id = serializers.IntegerField(min_value=1, max_value=LARGEST)
    who = serializers.ChoiceField(choices=Who.choices)
    died_on = serializers.DateField()
    pupil_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    name = serializers.CharField(required=False, allow_blank=True, default="", max_length=LONGEST_NAME)
    manner = serializers.ChoiceField(choices=Manner.choices, default=Manner.NOT_SAID)
    said_by = serializers.ChoiceField(choices=Sayer.choices, required=False, allow_blank=True, default="")


class LossWordsSerializer(serializers.Serializer[Any]):
    """What was done, or why."""

    text = serializers.CharField(max_length=LONGEST_WORDS)


class LossMaybeWordsSerializer(serializers.Serializer[Any]):
    """A reason that may be left out."""

    text = serializers.CharField(max_length=LONGEST_WORDS, required=False, allow_blank=True, default="")


class LossDaySerializer(serializers.Serializer[Any]):
    """A day on which the loss comes back."""

    day = serializers.DateField()
    label = serializers.CharField(max_length=LONGEST_NAME)  # type: ignore[assignment]  # a field of this name


class AffectedSerializer(serializers.Serializer[AffectedView]):
    """A pupil of the list."""

    id = serializers.UUIDField(source="row.pk")
    pupil = serializers.UUIDField(source="row.pupil_id")
    name = serializers.CharField(source="row.pupil.short_name")
    circle = serializers.CharField()
    reason = serializers.CharField()
    talked_on = serializers.DateField(source="row.talked_on", allow_null=True)
    needs_support = serializers.BooleanField(source="row.needs_support", allow_null=True)
    parents_told_on = serializers.DateField(source="row.parents_told_on", allow_null=True)
    case_number = serializers.IntegerField(allow_null=True)


class ProposedPupilSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="pk")
    name = serializers.CharField(source="short_name")


class ProposalSerializer(serializers.Serializer[Proposal]):
    """Pupils of one circle, by name."""

    circle = serializers.ChoiceField(choices=Circle.choices)
    pupils = ProposedPupilSerializer(many=True)


class ProgressSerializer(serializers.Serializer[Progress]):
    """Counts alone."""

    listed = serializers.IntegerField()
    talked = serializers.IntegerField()
    parents_told = serializers.IntegerField()
    need_support = serializers.IntegerField()
    supported = serializers.IntegerField()


class AffectedPageSerializer(serializers.Serializer[AffectedPage]):
    rows = AffectedSerializer(many=True)
    proposals = ProposalSerializer(many=True)
    progress = ProgressSerializer()


class AddAffectedSerializer(serializers.Serializer[Any]):
    """Pupils for the list, and why; a circle that stands in the records needs no words."""

    pupils = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=100)
    circle = serializers.ChoiceField(choices=Circle.choices)
    reason = serializers.CharField(max_length=LONGEST_WORDS, allow_blank=True, default="")


class LossTalkSerializer(serializers.Serializer[Any]):
    on = serializers.DateField()
    needs_support = serializers.BooleanField()


class ParentsToldSerializer(serializers.Serializer[Any]):
    on = serializers.DateField()


class WordingFindingSerializer(serializers.Serializer[Finding]):
    """A stretch of a text, in characters, with why it may harm and what to say instead."""

    category = serializers.ChoiceField(choices=Warned.choices)
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    words = serializers.CharField()
    why = serializers.CharField()
    suggestion = serializers.CharField()


class WordingSerializer(serializers.Serializer[Any]):
    """A text to be checked. An empty language is read as all three."""

    text = serializers.CharField(max_length=LONGEST_TEXT, allow_blank=True, trim_whitespace=False)
    language = serializers.ChoiceField(choices=Language.choices, required=False, allow_blank=True, default="")


class LossMessageLineSerializer(serializers.ModelSerializer[LossMessage]):
    """A message without its text."""

    class Meta:
        model = LossMessage
        fields = ("id", "language", "saved_at", "saved_by", "ready_at", "ready_by")
        read_only_fields = fields


class LossOfferSerializer(serializers.Serializer[Offer]):
    """What may be written to some readers, from the region's template or the shipped one."""

    audience = serializers.ChoiceField(choices=Audience.choices)
    template = serializers.UUIDField(source="template.pk")
    messages = LossMessageLineSerializer(many=True)


class LossMessageSerializer(serializers.Serializer[MessageView]):
    """A message with its text. `seen` is named by whoever saves or approves it."""

    id = serializers.UUIDField(source="row.pk")
    audience = serializers.ChoiceField(source="row.template.audience", choices=Audience.choices)
    language = serializers.ChoiceField(source="row.language", choices=Language.choices)
    text = serializers.CharField()
    seen = serializers.CharField(source="row.seen")
    findings = WordingFindingSerializer(many=True)
    unfilled = serializers.ListField(child=serializers.CharField())
    lacks_hotline = serializers.BooleanField()
    needs_another = serializers.BooleanField(help_text="Somebody else than the reader has to approve it.")
    ready_at = serializers.DateTimeField(source="row.ready_at", allow_null=True)
    ready_by = serializers.IntegerField(source="row.ready_by_id", allow_null=True)
    ready_reason = serializers.CharField()


class BeginMessageSerializer(serializers.Serializer[Any]):
    audience = serializers.ChoiceField(choices=Audience.choices)
    language = serializers.ChoiceField(choices=Language.choices)


class SaveMessageSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=LONGEST_TEXT)
    seen = serializers.CharField(max_length=60)


class ApproveMessageSerializer(serializers.Serializer[Any]):
    """A reason is needed where the wording check warns, and somebody else than who wrote the text."""

    seen = serializers.CharField(max_length=60)
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class LossTemplateSerializer(serializers.ModelSerializer[MessageTemplate]):
    """A template. One without a region is shipped with the product."""

    class Meta:
        model = MessageTemplate
        fields = ("id", "region", "audience", "number", "texts", "source", "state", "approved_at", "approved_by")
        read_only_fields = fields
        extra_kwargs = {"state": {"help_text": ", ".join(TemplateState.values)}}


class TemplateTextsSerializer(serializers.Serializer[Any]):
    kk = serializers.CharField(max_length=LONGEST_TEXT)
    ru = serializers.CharField(max_length=LONGEST_TEXT)
    en = serializers.CharField(max_length=LONGEST_TEXT)


class SaveTemplateSerializer(serializers.Serializer[Any]):
    texts = TemplateTextsSerializer()
    source = serializers.CharField(max_length=300)  # type: ignore[assignment]  # a field of this name


class ApproveTemplateSerializer(serializers.Serializer[Any]):
    """A reason is needed where the wording check warns, and somebody else than who wrote the text."""

    reason = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
