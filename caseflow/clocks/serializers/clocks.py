"""What the API shows of a deadline and of the steps of a missed one."""

from typing import Any

from rest_framework import serializers

from caseflow.clocks.enums import Basis, ChangeKind, Unit
from caseflow.clocks.models import DeadlineRule, Escalation
from caseflow.clocks.selectors.changing import ClockFile, ReadChange
from caseflow.clocks.selectors.overdue import Overdue
from caseflow.clocks.selectors.table import Step, Term
from caseflow.clocks.texts import code_in_words
from caseflow.directory.endpoints import LARGEST

LONGEST_REASON = 1000


class ClockChangeSerializer(serializers.Serializer[ReadChange]):
    """What was done to a deadline: `by` is null where a pause has ended by itself."""

    kind = serializers.ChoiceField(source="change.kind", choices=ChangeKind.choices)
    at = serializers.DateTimeField(source="change.at")
    by = serializers.CharField(source="change.by.short_name", default=None, allow_null=True)
    role = serializers.CharField(source="change.role")
    reason = serializers.CharField()
    amount = serializers.IntegerField(source="change.amount")
    due_before = serializers.DateTimeField(source="change.due_before")
    due_after = serializers.DateTimeField(source="change.due_after")


class ClockFileSerializer(serializers.Serializer[ClockFile]):
    """A deadline. `last_day` is through which day it may be paused, null where it may not; `extension` by how much the
    reader may extend it, in `unit`."""

    id = serializers.UUIDField(source="clock.pk")
    code = serializers.CharField(source="clock.code")
    started_at = serializers.DateTimeField(source="clock.started_at")
    warn_at = serializers.DateTimeField(source="clock.warn_at")
    due_at = serializers.DateTimeField(source="clock.due_at")
    stopped_at = serializers.DateTimeField(source="clock.stopped_at", allow_null=True)
    paused_until = serializers.DateTimeField(source="clock.paused_until", allow_null=True)
    steps_reached = serializers.IntegerField(source="clock.escalation_step")
    may_pause = serializers.BooleanField()
    may_resume = serializers.BooleanField()
    last_day = serializers.DateField(allow_null=True)
    extension = serializers.IntegerField()
    unit = serializers.ChoiceField(source="term.unit", choices=Unit.choices)
    changes = ClockChangeSerializer(many=True)


class PauseSerializer(serializers.Serializer[Any]):
    """Through which day, and why."""

    through = serializers.DateField()
    reason = serializers.CharField(max_length=LONGEST_REASON)


class ExtensionSerializer(serializers.Serializer[Any]):
    """By how much, in the unit of the term, and why."""

    amount = serializers.IntegerField(min_value=1, max_value=2_147_483_647)
    reason = serializers.CharField(max_length=LONGEST_REASON)


class EscalationSerializer(serializers.ModelSerializer[Escalation]):
    """A step that a missed deadline has reached; `told` holds "level:role" of those who were there."""

    code = serializers.CharField(source="clock.code")
    told = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Escalation
        fields = ("code", "step", "at", "told")
        read_only_fields = fields


class DeadlineRuleSerializer(serializers.ModelSerializer[DeadlineRule]):
    """A row of the table. `longest_pause` in days, `longest_extension` in the unit of the term; 0: not at all."""

    class Meta:
        model = DeadlineRule
        fields = (
            "code",
            "amount",
            "unit",
            "basis",
            "source",
            "effective_from",
            "note",
            "longest_pause",
            "longest_extension",
        )
        read_only_fields = fields


class StepSerializer(serializers.Serializer[Step]):
    """A step of a ladder: so long after the end of the term these are told, as "level:role"."""

    step = serializers.IntegerField(source="number")
    amount = serializers.IntegerField(source="first.amount")
    unit = serializers.ChoiceField(source="first.unit", choices=Unit.choices)
    basis = serializers.ChoiceField(source="first.basis", choices=Basis.choices)
    targets = serializers.ListField(child=serializers.CharField())


class TermSerializer(serializers.Serializer[Term]):
    """A code in words, all its rows, the newest first, and its ladder in force."""

    code = serializers.CharField()
    name = serializers.SerializerMethodField()
    rows = DeadlineRuleSerializer(many=True)
    ladder = StepSerializer(many=True)

    def get_name(self, term: Term) -> str:
        return code_in_words(term.code)


class NewTermSerializer(serializers.Serializer[Any]):
    """A term that holds from a day on, today or later. With `preview` nothing is entered."""

    amount = serializers.IntegerField(min_value=0, max_value=100_000_000)
    unit = serializers.ChoiceField(choices=Unit.choices)
    basis = serializers.ChoiceField(choices=Basis.choices)
    source = serializers.CharField(max_length=200)  # type: ignore[assignment]  # a field of the row bears that name
    effective_from = serializers.DateField()
    note = serializers.CharField(max_length=300, default="", allow_blank=True)
    longest_pause = serializers.IntegerField(min_value=0, max_value=32_767, default=0)
    longest_extension = serializers.IntegerField(min_value=0, max_value=100_000_000, default=0)


class PreviewSerializer(serializers.Serializer[Any]):
    """When something that begins now would be due."""

    due_at = serializers.DateTimeField(allow_null=True)


class OverdueSerializer(serializers.Serializer[Overdue]):
    """A missed deadline. `rank` 0: nobody was there to be told, 1: nobody else will be told, 2: it climbs on."""

    id = serializers.UUIDField(source="clock.pk")
    code = serializers.CharField(source="clock.code")
    school = serializers.IntegerField(source="clock.school_id", allow_null=True)
    due_at = serializers.DateTimeField(source="clock.due_at")
    rank = serializers.IntegerField()
    steps_reached = serializers.IntegerField(source="clock.escalation_step")
    next_step_at = serializers.DateTimeField(source="clock.next_step_at", allow_null=True)
    told = serializers.ListField(child=serializers.CharField())
    owner = serializers.CharField(source="look.who")
    number = serializers.CharField(source="look.number")


class OverdueFilterSerializer(serializers.Serializer[Any]):
    school = serializers.IntegerField(required=False, default=None, min_value=1, max_value=LARGEST)
    code = serializers.CharField(required=False, default="", allow_blank=True, max_length=60)
