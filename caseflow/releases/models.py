from django.conf import settings
from django.db import models
from django.db.models import Q

from caseflow.directory.models import Region
from caseflow.records.append_only import AppendOnly


class Release(AppendOnly):
    """The figures of one region and period as they were released; what every page, chart and paper shows of them.

    `content` is laid out by `rules/content.py`, `digest` its SHA-256. A correction is the next version, with a reason.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    period = models.CharField(max_length=7, help_text="2026-Q3, or 2026 for a whole year")
    version = models.PositiveSmallIntegerField(default=1)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    reason = models.TextField(blank=True, max_length=2000, help_text="why it was released once more")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("period", "version")
        constraints = (
            models.UniqueConstraint(fields=["region", "period", "version"], name="one_release_per_version"),
            models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name="correction_has_a_reason"),
        )

    def __str__(self) -> str:
        return f"{self.region_id} {self.code}"

    @property
    def code(self) -> str:
        """«2026-Q3», and «2026-Q3/2» for the second version."""
        return self.period if self.version == 1 else f"{self.period}/{self.version}"


class ReleasedCounts(AppendOnly):
    """The exact counts of a release. Nobody is shown them: later releases are protected together with them.

    `counts`: source → value → district (by id, as text) → count.
    """

    release = models.OneToOneField(Release, models.PROTECT, related_name="exact")
    counts = models.JSONField()

    class Meta:
        verbose_name_plural = "released counts"

    def __str__(self) -> str:
        return str(self.release_id)
