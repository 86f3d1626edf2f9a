from django.conf import settings
from django.db import models

from caseflow.directory.models import Region
from caseflow.records.append_only import AppendOnly
from caseflow.records.models import Record


class SavedView(Record):
    """A question to released figures that somebody wants to find again; `shared` with all who read the region's.

    `asked` is laid out by `rules/questions.py`. It holds no figure.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    shared = models.BooleanField(default=False)
    asked = models.JSONField()
    saved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("name", "pk")
        constraints = (models.UniqueConstraint(fields=["owner", "region", "name"], name="one_view_of_a_name"),)

    def __str__(self) -> str:
        return self.name


class PublicSelection(AppendOnly):
    """Which indicators a region publishes from now on, by their codes; none: its page is withdrawn.

    A change is the next version.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    indicators = models.JSONField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("region", "-version")
        constraints = (models.UniqueConstraint(fields=["region", "version"], name="one_selection_per_version"),)

    def __str__(self) -> str:
        return f"{self.region_id} {self.version}"
