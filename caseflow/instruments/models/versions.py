from django.conf import settings
from django.db import models
from django.db.models import Q

from caseflow.directory.models import Region
from caseflow.records.append_only import AppendOnly

USER = settings.AUTH_USER_MODEL
DIGEST = 64  # hexadecimal SHA-256


class InstrumentVersion(AppendOnly):
    """A pack as it was imported, word for word. What changes is a new version.

    Without a region it is of the whole installation: shipped, or imported by command.
    """

    instrument = models.CharField(max_length=32)
    name = models.CharField(max_length=60)
    version = models.CharField(max_length=32)
    digest = models.CharField(max_length=DIGEST)
    content = models.TextField()
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("name", "-imported_at")
        constraints = (
            models.UniqueConstraint(fields=["instrument", "version", "region"], name="one_pack_per_version"),
            models.UniqueConstraint(
                fields=["instrument", "version"], condition=Q(region=None), name="one_pack_per_version_everywhere"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class InUse(models.Model):
    """Which version of an instrument is given, in a region or, where the region says nothing, everywhere."""

    instrument = models.CharField(max_length=32)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    version = models.ForeignKey(InstrumentVersion, models.PROTECT, related_name="uses")
    since = models.DateTimeField()
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "versions in use"
        constraints = (
            models.UniqueConstraint(fields=["instrument", "region"], name="one_version_in_use"),
            models.UniqueConstraint(
                fields=["instrument"], condition=Q(region=None), name="one_version_in_use_everywhere"
            ),
        )

    def __str__(self) -> str:
        return f"{self.instrument} {self.version_id}"
