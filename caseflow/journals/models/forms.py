from django.conf import settings
from django.db import models
from django.db.models import Q

from caseflow.directory.models import Region
from caseflow.journals.enums import Journal
from caseflow.records.append_only import AppendOnly


class FormVersion(AppendOnly):
    """Which columns a journal has from a day on. What changes is a new version; journals of earlier days keep theirs.

    `columns` lists {"key": ..., "title": {"kk": ..., "ru": ..., "en": ...}}; without a title the column has its usual
    one. Only a form that `names_persons` has columns that do. Without a region it is shipped.
    """

    journal = models.CharField(max_length=16, choices=Journal)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    names_persons = models.BooleanField(default=False)
    columns = models.JSONField()
    source = models.CharField(max_length=200)
    effective_from = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("journal", "-effective_from")
        constraints = (
            models.UniqueConstraint(fields=["journal", "region", "effective_from"], name="one_form_per_day"),
            models.UniqueConstraint(
                fields=["journal", "effective_from"], condition=Q(region=None), name="one_shipped_form_per_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.journal} {self.effective_from}"
