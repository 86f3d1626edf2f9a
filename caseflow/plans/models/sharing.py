from django.conf import settings
from django.db import models
from django.db.models import Q

from caseflow.directory.models import Guardian
from caseflow.plans.models.safety import SafetyPlan, SafetyPlanVersion
from caseflow.records.models import Record

USER = settings.AUTH_USER_MODEL


class Sharing(Record):
    """The lines of a version that are marked for it are open to the pupil's guardians, until it ends."""

    plan = models.ForeignKey(SafetyPlan, models.PROTECT, related_name="sharings")
    version = models.ForeignKey(SafetyPlanVersion, models.PROTECT, related_name="sharings")
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-at",)
        constraints = (
            models.UniqueConstraint(
                fields=["plan"], condition=Q(ended_at=None), name="one_safety_plan_shared_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="ended_sharing_has_who_ended_it",
            ),
        )

    def __str__(self) -> str:
        return f"{self.version_id} {self.at:%Y-%m-%d %H:%M}"


class SharedReading(Record):
    """A guardian has read what is shared."""

    sharing = models.ForeignKey(Sharing, models.PROTECT, related_name="readings")
    guardian = models.ForeignKey(Guardian, models.PROTECT, related_name="+")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        ordering = ("first_at",)
        constraints = (models.UniqueConstraint(fields=["sharing", "guardian"], name="one_reading_per_guardian"),)

    def __str__(self) -> str:
        return f"{self.sharing_id} {self.guardian_id}"
