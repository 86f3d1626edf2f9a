"""Clips of an incident under review (rule 12): without sound, what moves pixelated, with a viewer log and an end."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from analytics.enums import ClipAct, ClipState
from analytics.models.runs import Upload
from caseflow.directory.enums import Role
from caseflow.incidents.models import Incident
from caseflow.records.models import DataKey, Record


class IncidentClip(Record):
    """A clip on a report. `covered_file` has what moves pixelated, `sharp_file` has not; both are sealed with `key`.

    `worker`, `lease_until` and `attempt` are those of its making, as of a run. The row stays when the clip has ended:
    it proves that there was one. Then its files are gone, and the key that opened them is too.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="clips")
    number = models.PositiveSmallIntegerField()
    upload = models.OneToOneField(Upload, models.PROTECT, related_name="clip")
    key = models.ForeignKey(DataKey, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=ClipState, default=ClipState.WAITING)
    error_code = models.CharField(max_length=40, blank=True)
    worker = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField()
    attempt = models.PositiveSmallIntegerField(default=0)
    progress = models.FloatField(default=0)
    covered_file = models.CharField(max_length=32, blank=True)
    sharp_file = models.CharField(max_length=32, blank=True)
    covered_share = models.FloatField(default=0)
    duration_s = models.FloatField(default=0)
    width_px = models.PositiveIntegerField(default=0)
    height_px = models.PositiveIntegerField(default=0)
    added_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["incident", "number"], name="one_clip_per_number"),
            models.CheckConstraint(
                condition=(Q(state=ClipState.READY) & ~Q(covered_file="") & ~Q(sharp_file=""))
                | (~Q(state=ClipState.READY) & Q(covered_file="", sharp_file="")),
                name="clip_has_files_while_ready",
            ),
            models.CheckConstraint(
                condition=Q(state=ClipState.ENDED, ended_at__isnull=False, key=None)
                | (~Q(state=ClipState.ENDED) & Q(ended_at=None, key__isnull=False)),
                name="ended_clip_has_its_time_and_no_key",
            ),
        )

    def __str__(self) -> str:
        return f"{self.incident_id} clip {self.number} {self.state}"


class ClipEvent(Record):
    """The viewer log of a clip: who did what with it, and why, sealed with the report's key."""

    clip = models.ForeignKey(IncidentClip, models.PROTECT, related_name="events")
    act = models.CharField(max_length=10, choices=ClipAct)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_role = models.CharField(max_length=20, choices=Role, blank=True)
    at = models.DateTimeField()
    reason_sealed = models.BinaryField(default=bytes)

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.clip_id} {self.act}"
