from django.conf import settings
from django.db import models

from caseflow.directory.models import Region
from caseflow.records.models import Record


class FrozenError(Exception):
    """A release never changes once it is made."""


class Frozen(Record):
    """Written once: neither saved again nor deleted."""

    class Meta:
        abstract = True

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise FrozenError
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def delete(self, *_args: object, **_kwargs: object) -> tuple[int, dict[str, int]]:
        raise FrozenError


class PeriodFigures(Frozen):
    """The published figures of one region and quarter: what every later report shows of that quarter."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["region", "year", "quarter"], name="one_release_per_quarter"),)

    def __str__(self) -> str:
        return f"{self.region_id} {self.year} Q{self.quarter}"


class Report(Frozen):
    """A composed report: the figures of a quarter beside those of the year before, with a comment."""

    figures = models.OneToOneField(PeriodFigures, models.PROTECT, related_name="report")
    before = models.ForeignKey(PeriodFigures, models.PROTECT, related_name="+")
    comment = models.TextField(blank=True, max_length=2000)
    composed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    composed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-figures__year", "-figures__quarter")

    def __str__(self) -> str:
        return str(self.figures)
