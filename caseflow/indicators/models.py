from django.conf import settings
from django.db import models
from django.db.models import Q

from caseflow.directory.models import Region
from caseflow.indicators.enums import Chapter
from caseflow.records.append_only import AppendOnly


class OwnIndicator(AppendOnly):
    """One version of an indicator that a region added: other events of the same sources, put together its own way.

    Those that every region has are shipped (`shipped.toml`). A changed definition is the next version; an ended one is
    a version that is `ended`.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="own_indicators")
    code = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    chapter = models.CharField(max_length=12, choices=Chapter)
    source = models.SlugField(max_length=40)
    counted = models.JSONField(help_text="values of the source; empty: all")
    part_of = models.SlugField(max_length=40, blank=True)
    name_kk = models.CharField(max_length=120)
    name_ru = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    meaning_kk = models.TextField(max_length=600)
    meaning_ru = models.TextField(max_length=600)
    meaning_en = models.TextField(max_length=600)
    effective_from = models.DateField()
    ended = models.BooleanField(default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("code", "version")
        constraints = (
            models.UniqueConstraint(fields=["region", "code", "version"], name="one_own_indicator_per_version"),
            models.CheckConstraint(condition=Q(version__gte=1), name="own_indicator_versions_begin_at_one"),
        )

    def __str__(self) -> str:
        return f"{self.region_id} {self.code}/{self.version}"
