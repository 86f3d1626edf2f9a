from django.db import models
from django.db.models import F, Q

from caseflow.clocks.enums import Basis, Unit
from caseflow.directory.models import School
from caseflow.records.models import Record


class DeadlineRule(models.Model):
    """How long something may take. The row with the latest `effective_from` not after the start applies.

    Zero days of wall time mean "by the end of the same day". `source` says where the term comes from and how sure
    that is: [C] read in the text, [C2] secondary summary, [P] own policy.
    """

    code = models.SlugField(max_length=60)
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=8, choices=Unit)
    basis = models.CharField(max_length=8, choices=Basis)
    source = models.CharField(max_length=200)
    effective_from = models.DateField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("code", "-effective_from")
        constraints = (models.UniqueConstraint(fields=["code", "effective_from"], name="one_deadline_per_day"),)

    def __str__(self) -> str:
        return f"{self.code}: {self.amount} {self.unit} ({self.basis})"


class DutyHours(models.Model):
    """From when to when a working day counts, local time; the row without a school holds for all others."""

    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="duty_hours")
    opens_at = models.TimeField()
    closes_at = models.TimeField()
    source = models.CharField(max_length=200)
    effective_from = models.DateField()

    class Meta:
        ordering = ("-effective_from",)
        verbose_name_plural = "duty hours"
        constraints = (
            models.UniqueConstraint(fields=["school", "effective_from"], name="one_duty_per_day"),
            models.UniqueConstraint(
                fields=["effective_from"], condition=Q(school=None), name="one_common_duty_per_day"
            ),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="duty_closes_later"),
        )

    def __str__(self) -> str:
        return f"{self.opens_at:%H:%M}–{self.closes_at:%H:%M}"


class Clock(Record):
    """A deadline that runs. What it is for is known by whoever points at it.

    `warn_at` is when three quarters of the term are used, counted in the time of the rule. `warned_at` and
    `escalated_at` are set once each, by the sweep that told those who watch. A missed clock climbs its ladder:
    `escalation_step` is the step reached, `next_step_at` when the next one is due (None: not known, or none left).
    """

    code = models.SlugField(max_length=60)
    school = models.ForeignKey(School, models.PROTECT, related_name="clocks")
    rule = models.ForeignKey(DeadlineRule, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    due_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    escalation_step = models.PositiveSmallIntegerField(default=0)
    next_step_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("due_at",)
        indexes = (
            models.Index(fields=["warn_at"], condition=Q(stopped_at=None, warned_at=None), name="clocks_nearing"),
            models.Index(fields=["due_at"], condition=Q(stopped_at=None, escalated_at=None), name="clocks_missed"),
            models.Index(fields=["next_step_at"], condition=Q(stopped_at=None), name="clocks_climbing"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(started_at__lte=F("warn_at")) & Q(warn_at__lte=F("due_at")), name="clock_runs_forward"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.due_at:%Y-%m-%d %H:%M}"
