"""Clips of an incident under review (rule 12): without sound, what moves pixelated, with a viewer log and an end."""

from uuid import UUID

from django.db import models

from analytics.models.runs import Upload
from analytics.models.sealed import ClipLogEntry, SealedClip, files_while_ready, no_key_once_ended
from caseflow.incidents.models import Incident
from caseflow.records.models import DataKey


class IncidentClip(SealedClip):
    """A clip on a report. `worker`, `lease_until` and `attempt` are those of its making, as of a run."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="clips")
    number = models.PositiveSmallIntegerField()
    upload = models.OneToOneField(Upload, models.PROTECT, related_name="clip")
    error_code = models.CharField(max_length=40, blank=True)
    worker = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField()
    attempt = models.PositiveSmallIntegerField(default=0)
    progress = models.FloatField(default=0)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["incident", "number"], name="one_clip_per_number"),
            files_while_ready("clip_has_files_while_ready"),
            no_key_once_ended("ended_clip_has_its_time_and_no_key"),
        )

    def __str__(self) -> str:
        return f"{self.incident_id} clip {self.number} {self.state}"

    @property
    def audit_name(self) -> str:
        return f"clip:{self.pk}"

    @property
    def audit_detail(self) -> dict[str, object]:
        return {"incident": str(self.incident_id), "number": self.number}

    @property
    def log_key(self) -> DataKey:
        return self.incident.data_key

    @property
    def pupil_id(self) -> UUID | None:
        return self.incident.triage_item.pupil_id

    def new_entry(self) -> ClipLogEntry:
        return ClipEvent(clip=self)


class ClipEvent(ClipLogEntry):
    """A line of the viewer log of a clip on a report."""

    clip = models.ForeignKey(IncidentClip, models.PROTECT, related_name="events")

    def __str__(self) -> str:
        return f"{self.clip_id} {self.act}"
