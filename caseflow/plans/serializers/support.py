"""What the API shows of support plans, and takes for them."""

from typing import Any

from rest_framework import serializers

from caseflow.cases.models import Case
from caseflow.cases.rules import LONGEST_REASON, LONGEST_TITLE
from caseflow.cases.serializers import NewTaskSerializer
from caseflow.plans.enums import GoalState
from caseflow.plans.selectors.support import GoalRow, MeasureRow, SupportPlan


class SupportMeasureSerializer(serializers.Serializer[MeasureRow]):
    """A measure: owner, due time, what is to come of it and what came."""

    task = serializers.UUIDField(source="task.task.pk")
    title = serializers.CharField(source="task.title")
    owner = serializers.IntegerField(source="task.task.owner_id")
    owner_name = serializers.CharField(source="task.task.owner.short_name")
    due_at = serializers.DateTimeField(source="task.task.due_at")
    done_at = serializers.DateTimeField(source="task.task.done_at", allow_null=True)
    expected = serializers.CharField()
    outcome = serializers.CharField(source="task.outcome")


class SupportGoalSerializer(serializers.Serializer[GoalRow]):
    id = serializers.UUIDField(source="goal.pk")
    title = serializers.CharField()
    shown_by = serializers.CharField()
    state = serializers.ChoiceField(source="goal.state", choices=GoalState.choices)
    set_at = serializers.DateTimeField(source="goal.set_at")
    ended_at = serializers.DateTimeField(source="goal.ended_at", allow_null=True)
    reason = serializers.CharField()
    measures = SupportMeasureSerializer(many=True)


class SupportPlanSerializer(serializers.Serializer[SupportPlan]):
    """The goals of a case. `id` is the case's."""

    id = serializers.UUIDField(source="case.pk")
    pupil_name = serializers.CharField(source="case.pupil.full_name")
    owner_name = serializers.CharField(source="case.owner.short_name")
    goals = SupportGoalSerializer(many=True)


class SupportPlanLineSerializer(serializers.Serializer[Case]):
    """A support plan as the list shows it, with counts of what is unfinished."""

    id = serializers.UUIDField(source="pk")
    pupil_name = serializers.CharField(source="pupil.full_name")
    school = serializers.IntegerField(source="school_id")
    owner_name = serializers.CharField(source="owner.short_name")
    open_goals = serializers.IntegerField()
    open_measures = serializers.IntegerField()


class NewSupportGoalSerializer(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=LONGEST_TITLE)
    shown_by = serializers.CharField(max_length=LONGEST_TITLE)


class NewSupportMeasureSerializer(NewTaskSerializer):
    """A task with what is to come of it; `people` of the case says who may own it."""

    expected = serializers.CharField(max_length=LONGEST_TITLE)


class EndSupportGoalSerializer(serializers.Serializer[Any]):
    state = serializers.ChoiceField(
        choices=[(state.value, state.label) for state in GoalState if state is not GoalState.OPEN]
    )
    reason = serializers.CharField(max_length=LONGEST_REASON)
