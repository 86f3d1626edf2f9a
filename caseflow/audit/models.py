from django.conf import settings
from django.db import models


class AuditEntry(models.Model):
    """One act: who, as what, did or read or was refused what. Never changed; `digest` chains it to the one before.

    `sequence` and `digest` are empty until the sealer has chained the entry (rule 24: within 1 s).
    """

    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=32, blank=True)
    action = models.CharField(max_length=64)
    obj = models.CharField(max_length=120)
    pupil_id = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)
    sequence = models.BigIntegerField(null=True, unique=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["pupil_id", "at"], name="audit_by_pupil"),
            models.Index(fields=["actor", "at"], name="audit_by_actor"),
            models.Index(fields=["id"], condition=models.Q(sequence=None), name="audit_unsealed"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.action} {self.obj}"


class Checkpoint(models.Model):
    """The chain's end at a moment, signed: a later truncation is found up to here."""

    at = models.DateTimeField()
    sequence = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=64)
    signature = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.sequence} {self.digest[:12]}"
