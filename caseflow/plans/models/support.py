from django.conf import settings
from django.db import models
from django.db.models import Q

from caseflow.cases.models import Case, Task
from caseflow.plans.enums import GoalState
from caseflow.records.models import Record

USER = settings.AUTH_USER_MODEL


class Goal(Record):
    """What the support of a case is to reach, and what would show that it is reached."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="goals")
    title_sealed = models.BinaryField()
    shown_by_sealed = models.BinaryField()
    set_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=GoalState, default=GoalState.OPEN)
    ended_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    reason_sealed = models.BinaryField(default=bytes)

    class Meta:
        ordering = ("set_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(state=GoalState.OPEN, ended_by=None, ended_at=None)
                | Q(~Q(state=GoalState.OPEN), ended_by__isnull=False, ended_at__isnull=False),
                name="ended_goal_has_who_ended_it",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.set_at:%Y-%m-%d} {self.state}"


class Measure(Record):
    """A task of the case that serves a goal. Owner, due time and what came of it are the task's (rule 14)."""

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="measures")
    task = models.OneToOneField(Task, models.PROTECT, related_name="measure")
    expected_sealed = models.BinaryField()

    class Meta:
        ordering = ("task__due_at",)
        constraints = (models.CheckConstraint(condition=~Q(expected_sealed=b""), name="measure_says_what_it_brings"),)

    def __str__(self) -> str:
        return f"{self.goal_id} {self.task_id}"
