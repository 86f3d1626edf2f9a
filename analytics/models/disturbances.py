"""Unusual motion before a corridor camera: its clip, what a human said of it, and what the camera's usual motion is."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from analytics.enums import DisturbanceAnswer, Mode
from analytics.models.sealed import ClipLogEntry, SealedClip, files_while_ready, no_key_once_ended
from analytics.models.switches import ModelCard
from caseflow.alarms.models import Notice
from caseflow.directory.enums import Role
from caseflow.directory.models import Camera, School
from caseflow.incidents.models import Incident
from caseflow.records.models import DataKey
from caseflow.triage.models import TriageItem


class DisturbanceTerms(models.Model):
    """How many clips a camera may show a day, and how long they stay; of a school, or of all where `school` is None.

    What was in force on a day is its latest row with `effective_from` up to then; the school's own goes before.
    """

    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="+")
    clips_a_day = models.PositiveSmallIntegerField()
    undecided_hours = models.PositiveSmallIntegerField()
    ordinary_hours = models.PositiveSmallIntegerField()
    reported_days = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    effective_from = models.DateField()

    class Meta:
        ordering = ("effective_from", "pk")
        verbose_name_plural = "disturbance terms"

    def __str__(self) -> str:
        return f"{self.school_id} {self.effective_from} {self.clips_a_day}"

    @property
    def undecided_for(self) -> timedelta:
        return timedelta(hours=self.undecided_hours)

    @property
    def ordinary_for(self) -> timedelta:
        return timedelta(hours=self.ordinary_hours)

    @property
    def reported_for(self) -> timedelta:
        return timedelta(days=self.reported_days)


class CameraMotion(models.Model):
    """What is usual before a camera, as `DisturbanceWatch.state` writes it: counts of speeds by hour, no picture."""

    camera = models.OneToOneField(Camera, models.CASCADE, related_name="motion")
    state = models.JSONField(default=dict)
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.camera_id} {self.updated_at:%Y-%m-%d %H:%M}"


class CameraDay(models.Model):
    """How many events of a camera and day were not shown, because stronger ones had their places."""

    camera = models.ForeignKey(Camera, models.CASCADE, related_name="+")
    date = models.DateField()
    not_shown = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["camera", "date"], name="one_count_per_camera_and_day"),)

    def __str__(self) -> str:
        return f"{self.camera_id} {self.date} {self.not_shown}"


class Disturbance(SealedClip):
    """An event that was shown, with its clip; the id is that of its item in the queue.

    `strength` decides who has a place that day and is shown to nobody. `looked_at` is the first look; until then, and
    until an answer, a stronger event may take the place: then it `gave_way`. A report was made, or joined, where the
    answer was no ordinary one.
    """

    triage_item = models.OneToOneField(TriageItem, models.PROTECT, related_name="disturbance")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    camera = models.ForeignKey(Camera, models.PROTECT, related_name="disturbances")
    card = models.ForeignKey(ModelCard, models.PROTECT, related_name="+")
    mode = models.CharField(max_length=6, choices=Mode)
    demo = models.BooleanField(default=False)
    at = models.DateTimeField()
    date = models.DateField()
    strength = models.FloatField()
    looked_at = models.DateTimeField(null=True)
    gave_way = models.BooleanField(default=False)
    answer = models.CharField(max_length=16, choices=DisturbanceAnswer, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_role = models.CharField(max_length=20, choices=Role, blank=True)
    answered_at = models.DateTimeField(null=True)
    incident = models.ForeignKey(Incident, models.PROTECT, null=True, related_name="disturbances")
    notice = models.OneToOneField(Notice, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-at",)
        indexes = (models.Index(fields=["camera", "date"], name="disturbances_of_a_day"),)
        constraints = (
            models.UniqueConstraint(fields=["camera", "at"], name="one_disturbance_a_moment"),
            files_while_ready("disturbance_has_files_while_ready"),
            no_key_once_ended("ended_disturbance_has_no_key"),
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None, answered_at=None, incident=None)
                | Q(answer=DisturbanceAnswer.ORDINARY, answered_at__isnull=False, incident=None)
                | (Q(answered_at__isnull=False, incident__isnull=False) & ~Q(answer="")),
                name="disturbance_reported_as_answered",
            ),
        )

    def __str__(self) -> str:
        return f"{self.camera_id} {self.at:%Y-%m-%d %H:%M:%S} {self.answer}"

    @property
    def audit_name(self) -> str:
        return f"disturbance:{self.pk}"

    @property
    def audit_detail(self) -> dict[str, object]:
        return {"camera": self.camera_id, "answer": self.answer}

    @property
    def log_key(self) -> DataKey:
        return self.triage_item.words_key

    @property
    def pupil_id(self) -> UUID | None:
        return None

    def new_entry(self) -> ClipLogEntry:
        return DisturbanceEvent(clip=self)


class DisturbanceEvent(ClipLogEntry):
    """A line of the viewer log of a disturbance's clip."""

    clip = models.ForeignKey(Disturbance, models.PROTECT, related_name="events")

    def __str__(self) -> str:
        return f"{self.clip_id} {self.act}"
