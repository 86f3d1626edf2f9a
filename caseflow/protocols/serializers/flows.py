"""What the API shows of flows: the same as the page, to the same readers."""

from typing import Any

from rest_framework import serializers

from caseflow.directory.endpoints import LARGEST
from caseflow.protocols.enums import Cause, Doer, Evidence, Part
from caseflow.protocols.models import Flow, ProtocolVersion
from caseflow.protocols.rules import LONGEST_PROOF, LOOKS
from caseflow.protocols.selectors.flows import FlowPage, StepRow
from caseflow.protocols.selectors.own import OwnFlow


class FlowCardSerializer(serializers.ModelSerializer[Flow]):
    """A flow as the page of its case shows it."""

    protocol = serializers.CharField(source="version.protocol.code", read_only=True)
    name = serializers.CharField(source="version.name", read_only=True)
    version_number = serializers.IntegerField(source="version.number", read_only=True)
    second_name = serializers.CharField(source="second.short_name", default="", read_only=True)

    class Meta:
        model = Flow
        fields = (
            "id",
            "case",
            "protocol",
            "name",
            "version",
            "version_number",
            "cause",
            "started_at",
            "acute_at",
            "second",
            "second_name",
            "end_asked_at",
            "ended_at",
        )
        read_only_fields = fields
        extra_kwargs = {"cause": {"help_text": ", ".join(Cause.values)}}


class BeginnableSerializer(serializers.Serializer[ProtocolVersion]):
    """A protocol that can begin in the case."""

    id = serializers.UUIDField(source="pk")
    protocol = serializers.CharField(source="protocol.code")
    name = serializers.CharField()


class FlowsOfCaseSerializer(serializers.Serializer[Any]):
    flows = FlowCardSerializer(many=True)
    can_begin = BeginnableSerializer(many=True)


class FlowStepSerializer(serializers.Serializer[StepRow]):
    """A step with its proof. `mine`: the reader may do it now; `waivable`: may find that it does not apply.

    `task`: as which task the `doer` has it; whoever reads this may complete it for them.
    """

    id = serializers.UUIDField(source="row.pk")
    code = serializers.CharField(source="row.step.code")
    name = serializers.CharField(source="row.step.name")
    help = serializers.CharField(source="row.step.help")
    part = serializers.ChoiceField(source="row.step.part", choices=Part.choices, allow_blank=True)
    evidence = serializers.ChoiceField(source="row.step.evidence", choices=Evidence.choices)
    doer = serializers.ChoiceField(source="row.step.doer", choices=Doer.choices)
    task = serializers.UUIDField(source="row.task_id", allow_null=True)
    owner = serializers.IntegerField(source="row.owner_id", allow_null=True)
    due_at = serializers.DateTimeField(source="row.clock.due_at")
    done_at = serializers.DateTimeField(source="row.done_at", allow_null=True)
    done_by = serializers.IntegerField(source="row.done_by_id", allow_null=True)
    waived = serializers.BooleanField(source="row.waived")
    proof = serializers.CharField()
    mine = serializers.BooleanField()
    waivable = serializers.BooleanField()


class FlowPageSerializer(serializers.Serializer[FlowPage]):
    """A flow with its steps. `may_ask_end`, `may_confirm`: what the reader may do about its end."""

    flow = FlowCardSerializer()
    steps = FlowStepSerializer(many=True)
    end_reason = serializers.CharField()
    may_ask_end = serializers.BooleanField()
    may_confirm = serializers.BooleanField()


class OwnFlowSerializer(serializers.Serializer[OwnFlow]):
    """A flow in which steps wait for the reader, with the one that is due first."""

    flow = FlowCardSerializer()
    pupil_name = serializers.CharField(source="flow.case.pupil.short_name")
    step = serializers.UUIDField(source="first.pk")
    step_name = serializers.CharField(source="first.step.name")
    due_at = serializers.DateTimeField(source="first.clock.due_at")
    open_steps = serializers.IntegerField()


class WordsSerializer(serializers.Serializer[Any]):
    """What was done, or why."""

    text = serializers.CharField(max_length=LONGEST_PROOF)


class StepDoneSerializer(serializers.Serializer[Any]):
    """What was done; of a referral by telephone to whom and when (now)."""

    text = serializers.CharField(max_length=LONGEST_PROOF, required=False, allow_blank=True, default="")
    to_whom = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    at = serializers.DateTimeField(required=False, allow_null=True, default=None)


class LooksSerializer(serializers.Serializer[Any]):
    """The dates on which somebody looks again, in order."""

    looks = serializers.ListField(child=serializers.DateTimeField(), min_length=LOOKS, max_length=LOOKS)


class SecondSerializer(serializers.Serializer[Any]):
    """Another second person, by membership, and why."""

    member = serializers.IntegerField(min_value=1, max_value=LARGEST)
    reason = serializers.CharField(max_length=LONGEST_PROOF)
