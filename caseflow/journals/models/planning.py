from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from caseflow.appointments.models import Appointment
from caseflow.directory.models import School, SchoolYear
from caseflow.journals.enums import Direction, PlanItemState, PlanState
from caseflow.records.models import Record

USER = settings.AUTH_USER_MODEL


class YearPlan(Record):
    """The plan of work of a school's psychological service for a school year. The principal approves it."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=PlanState, default=PlanState.DRAFT)
    sent_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    remark = models.CharField(max_length=500, blank=True, help_text="why the principal gave it back")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["school", "year"], name="one_plan_per_school_year"),
            models.CheckConstraint(
                condition=Q(state=PlanState.APPROVED, approved_at__isnull=False, approved_by__isnull=False)
                | Q(~Q(state=PlanState.APPROVED), approved_at=None, approved_by=None),
                name="approved_plan_has_who_approved_it",
            ),
        )

    def __str__(self) -> str:
        return f"{self.school_id} {self.year_id} {self.state}"


class PlanItem(Record):
    """A piece of planned work. `month` is 1–12, none: the whole year. It names no pupil."""

    plan = models.ForeignKey(YearPlan, models.CASCADE, related_name="items")
    direction = models.CharField(max_length=12, choices=Direction)
    title = models.CharField(max_length=200)
    audience = models.CharField(max_length=120)
    month = models.PositiveSmallIntegerField(null=True, validators=[MinValueValidator(1), MaxValueValidator(12)])
    owner = models.ForeignKey(USER, models.PROTECT, related_name="+")
    expected = models.CharField(max_length=300)
    state = models.CharField(max_length=8, choices=PlanItemState, default=PlanItemState.OPEN)
    outcome = models.CharField(max_length=500, blank=True)
    appointment = models.ForeignKey(Appointment, models.SET_NULL, null=True, related_name="+")
    ended_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("direction", "month", "title", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(month=None) | Q(month__range=(1, 12)), name="plan_month_is_a_month"),
            models.CheckConstraint(
                condition=Q(state=PlanItemState.OPEN, ended_at=None, ended_by=None)
                | Q(~Q(state=PlanItemState.OPEN), ended_at__isnull=False, ended_by__isnull=False),
                name="ended_plan_item_has_who_ended_it",
            ),
        )

    def __str__(self) -> str:
        return self.title
