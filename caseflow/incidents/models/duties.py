"""What is done after a report of suspected bullying (Order 506): the parents are told, the council meets."""

from django.conf import settings
from django.db import models

from caseflow.directory.models import Guardian, Pupil
from caseflow.incidents.models.incidents import Incident
from caseflow.records.models import Record

USER = settings.AUTH_USER_MODEL


class ParentTold(Record):
    """Somebody told a parent of a pupil of the report; added, never changed.

    `guardian` is None for a representative who is not on record.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="parents_told")
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="+")
    guardian = models.ForeignKey(Guardian, models.PROTECT, null=True, related_name="+")
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ("told_at", "noted_at")
        verbose_name_plural = "parents told"

    def __str__(self) -> str:
        return f"{self.incident_id} {self.told_at:%Y-%m-%d %H:%M}"


class CouncilHeld(Record):
    """The council met on the report: when, and what it came to, sealed with the key of the report. Never changed."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="councils")
    held_on = models.DateField()
    outcome_sealed = models.BinaryField()
    noted_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ("held_on", "noted_at")
        verbose_name_plural = "councils held"

    def __str__(self) -> str:
        return f"{self.incident_id} {self.held_on}"
