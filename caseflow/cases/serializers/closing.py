"""What the API shows of stages and of the end of a case."""

from typing import Any

from rest_framework import serializers

from caseflow.cases.enums import Stage
from caseflow.cases.rules import LONGEST_REASON
from caseflow.cases.selectors.standing import Closing, Way
from caseflow.cases.serializers.working import PersonSerializer
from caseflow.directory.endpoints import LARGEST


class StageMoveSerializer(serializers.Serializer[Any]):
    stage = serializers.ChoiceField(choices=Stage.choices)
    reason = serializers.CharField(max_length=LONGEST_REASON)


class WayOnSerializer(serializers.Serializer[Way]):
    """A stage the case may go to, and what is missing before; empty when nothing is."""

    stage = serializers.ChoiceField(choices=Stage.choices)
    missing = serializers.ListField(child=serializers.CharField())


class ClosingSerializer(serializers.Serializer[Closing]):
    """What stands between the case and its end.

    `takes_two`: a lead psychologist has to agree, one of the `deciders` may be asked. `asked` of whom, until `due_at`.
    """

    unfinished_tasks = serializers.IntegerField(source="obstacles.unfinished_tasks")
    obstacles = serializers.ListField(child=serializers.CharField(), source="obstacles.sentences")
    takes_two = serializers.BooleanField()
    deciders = PersonSerializer(many=True)
    asked = serializers.IntegerField(source="request.owner_id", default=None, allow_null=True)
    asked_by = serializers.IntegerField(source="request.asked_by_id", default=None, allow_null=True)
    asked_at = serializers.DateTimeField(source="request.asked_at", default=None, allow_null=True)
    due_at = serializers.DateTimeField(source="request.clock.due_at", default=None, allow_null=True)
    reason = serializers.CharField()
    may_answer = serializers.BooleanField()


class AskToCloseSerializer(serializers.Serializer[Any]):
    """`lead` is the membership of one of the deciders."""

    lead = serializers.IntegerField(min_value=1, max_value=LARGEST)
    reason = serializers.CharField(max_length=LONGEST_REASON)


class ClosingAnswerSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=LONGEST_REASON)
