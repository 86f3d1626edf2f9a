from django.conf import settings
from django.db import models

from caseflow.clocks.models import Clock
from caseflow.directory.models import Guardian, Pupil
from caseflow.portal.enums import RequestKind
from caseflow.records.models import Record


class PortalRequest(Record):
    """What a guardian or a grown pupil asked for, and the answer. Words are sealed with the pupil's key."""

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="portal_requests")
    guardian = models.ForeignKey(Guardian, models.PROTECT, null=True, related_name="portal_requests")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=RequestKind)
    words_sealed = models.BinaryField()
    created_at = models.DateTimeField()
    clock = models.OneToOneField(Clock, models.PROTECT, related_name="portal_request")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer_sealed = models.BinaryField(default=bytes)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.kind} {self.created_at:%Y-%m-%d}"


class LogRelease(Record):
    """A human's word that guardians may learn of the readings of one thing that had been withheld (rule 10a)."""

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="+")
    obj = models.CharField(max_length=120)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    released_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["pupil", "obj"], name="one_release_per_object"),)

    def __str__(self) -> str:
        return self.obj
