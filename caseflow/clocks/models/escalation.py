from django.db import models
from django.db.models import Q

from caseflow.clocks.enums import Basis, Level, Unit
from caseflow.clocks.models.deadlines import Clock
from caseflow.directory.enums import Role
from caseflow.records.models import Record

NUMBER_LENGTH = 7  # K7Q-4D2
OUTSIDE = (Role.AGENCY_OFFICER, Role.AGENCY_HEAD, Role.POLICE_OPERATOR, Role.PROSECUTOR)


class EscalationStep(models.Model):
    """Who is told at a step of a missed clock, and how long after its end; several rows make one step.

    The rows of a code with the latest `effective_from` not after the clock's start are its ladder. Steps count from 1.
    A review of a signal goes to no agency, police or prosecutor (fact 2, rule 17): the database refuses it.
    """

    code = models.SlugField(max_length=60)
    step = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=12, choices=Level)
    role = models.CharField(max_length=20, choices=Role, blank=True)
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=8, choices=Unit)
    basis = models.CharField(max_length=8, choices=Basis)
    source = models.CharField(max_length=200)
    effective_from = models.DateField()

    class Meta:
        ordering = ("code", "-effective_from", "step", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["code", "effective_from", "step", "level", "role"], name="one_target_per_step_and_day"
            ),
            models.CheckConstraint(condition=Q(step__gte=1), name="escalation_counts_from_one"),
            models.CheckConstraint(
                condition=Q(level=Level.OWNER, role="") | (~Q(level=Level.OWNER) & ~Q(role="")),
                name="escalation_to_a_role_or_the_owner",
            ),
            models.CheckConstraint(
                condition=~Q(code__startswith="signal")
                | (Q(level__in=(Level.SCHOOL, Level.DISTRICT, Level.REGION)) & ~Q(role__in=OUTSIDE)),
                name="no_signal_leaves_the_school_service",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.step}: {self.level} {self.role}"

    @property
    def target(self) -> str:
        """Level and role as one code; whoever has it is "owner"."""
        return f"{self.level}:{self.role}" if self.role else self.level


class Escalation(Record):
    """Proof that a missed clock reached a step: when, and which of its targets somebody was there for."""

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="escalations")
    step = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    told = models.JSONField(default=list)

    class Meta:
        ordering = ("step",)
        constraints = (models.UniqueConstraint(fields=["clock", "step"], name="each_step_is_reached_once"),)

    def __str__(self) -> str:
        return f"{self.clock_id} {self.step}"


class MissedNumber(Record):
    """By which number a missed clock is spoken of where neither its matter nor its times may be told (rule 22).

    Drawn at random once somebody has to speak of it, so that it says nothing; it stays for good.
    """

    clock = models.OneToOneField(Clock, models.CASCADE, related_name="missed_number")
    number = models.CharField(max_length=NUMBER_LENGTH, unique=True)

    def __str__(self) -> str:
        return self.number
