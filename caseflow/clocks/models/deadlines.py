from typing import cast

from django.db import models
from django.db.models import F, Q

from caseflow.clocks.enums import Basis, Unit
from caseflow.directory.models import Region, School
from caseflow.records.models import Record

# Statutory terms, something acute, alarms and duty calls: no pause, no extension, whatever the table says.
FIXED = ("police_informed", "psych_assessment_acute")
FIXED_PREFIXES = ("panic_", "duty_")


def _fixed() -> Q:
    condition = Q(code__in=FIXED)
    for prefix in FIXED_PREFIXES:
        condition |= Q(code__startswith=prefix)
    return condition


class DeadlineRule(models.Model):
    """How long something may take. The row with the latest `effective_from` not after the start applies.

    Zero days of wall time mean "by the end of the same day". `longest_pause` is for how many days in all a clock may
    stand, `longest_extension` by how much in all it may be extended, in the unit of the term; 0: not at all. The
    database refuses both for what cannot wait (`FIXED`). `source` says where the term comes from and how sure
    that is: [C] read in the text, [C2] secondary summary, [P] own policy.
    """

    code = models.SlugField(max_length=60)
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=8, choices=Unit)
    basis = models.CharField(max_length=8, choices=Basis)
    source = models.CharField(max_length=200)
    effective_from = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    longest_pause = models.PositiveSmallIntegerField(default=0)
    longest_extension = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("code", "-effective_from")
        constraints = (
            models.UniqueConstraint(fields=["code", "effective_from"], name="one_deadline_per_day"),
            models.CheckConstraint(
                condition=Q(longest_pause=0, longest_extension=0) | ~_fixed(), name="what_cannot_wait_is_never_moved"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code}: {self.amount} {self.unit} ({self.basis})"

    @property
    def is_fixed(self) -> bool:
        """Whether clocks of this code can never be paused or extended."""
        return self.code in FIXED or self.code.startswith(FIXED_PREFIXES)


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

    It is of a school, or of a region where no school has it: what a council has decided.

    `warn_at` is when three quarters of the term are used, counted in the time of the rule. `warned_at` and
    `escalated_at` are set once each, by the sweep that told those who watch. A missed clock climbs its ladder:
    `escalation_step` is the step reached, `next_step_at` when the next one is due (None: not known, or none left).

    A clock stands from `paused_at` to `paused_until` at the latest: `warn_at` and `due_at` lie already where they come
    to lie when the pause lasts so long, so that nobody who asks for missed clocks needs to know of pauses.
    """

    code = models.SlugField(max_length=60)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="clocks")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="clocks")
    rule = models.ForeignKey(DeadlineRule, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    due_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    escalation_step = models.PositiveSmallIntegerField(default=0)
    next_step_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("due_at",)
        indexes = (
            models.Index(fields=["warn_at"], condition=Q(stopped_at=None, warned_at=None), name="clocks_nearing"),
            models.Index(fields=["due_at"], condition=Q(stopped_at=None, escalated_at=None), name="clocks_missed"),
            models.Index(fields=["next_step_at"], condition=Q(stopped_at=None), name="clocks_climbing"),
            models.Index(fields=["school", "due_at"], condition=Q(stopped_at=None), name="clocks_running"),
            models.Index(fields=["paused_until"], condition=Q(paused_until__isnull=False), name="clocks_paused"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(started_at__lte=F("warn_at")) & Q(warn_at__lte=F("due_at")), name="clock_runs_forward"
            ),
            models.CheckConstraint(
                condition=Q(paused_at=None, paused_until=None)
                | Q(paused_at__isnull=False, paused_until__isnull=False, paused_until__gt=F("paused_at")),
                name="clock_pauses_for_a_time",
            ),
            models.CheckConstraint(
                condition=Q(school__isnull=False, region=None) | Q(school=None, region__isnull=False),
                name="clock_of_a_school_or_a_region",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.due_at:%Y-%m-%d %H:%M}"

    @property
    def place(self) -> School | Region:
        """Whose calendar it keeps, and under what name it is told of."""
        return cast("School | Region", self.school or self.region)  # the database holds one of them
