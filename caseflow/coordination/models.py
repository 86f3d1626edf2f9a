from django.conf import settings
from django.db import models
from django.db.models import Q

from caseflow.directory.models import District
from caseflow.records.append_only import AppendOnly
from caseflow.releases.models import Release


class Report(AppendOnly):
    """A composed report: the figures of a period, those beside which they stand, and a comment.

    It is about the region, or about one `district` beside the region. `before` is the release of the same period a year
    earlier, `previous` that of the period just before; None where nothing was counted then. `document` is all of it as
    `document.py` wrote it down when it was composed, `sha256` of its bytes (UTF-8) in hex.
    """

    release = models.ForeignKey(Release, models.PROTECT, related_name="reports")
    district = models.ForeignKey(District, models.PROTECT, null=True, related_name="+")
    before = models.ForeignKey(Release, models.PROTECT, null=True, related_name="+")
    previous = models.ForeignKey(Release, models.PROTECT, null=True, related_name="+")
    comment = models.TextField(blank=True, max_length=2000)
    composed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    composed_at = models.DateTimeField(auto_now_add=True)
    document = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("-release__period", "-release__version", "district__name_ru")
        constraints = (
            models.UniqueConstraint(fields=["release", "district"], name="one_report_for_each_district"),
            models.UniqueConstraint(fields=["release"], condition=Q(district=None), name="one_report_for_the_region"),
        )

    def __str__(self) -> str:
        return str(self.release)
