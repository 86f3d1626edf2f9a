from django.conf import settings
from django.db import models

from caseflow.incidents.models.incidents import Incident
from caseflow.records.models import Record


class Photo(Record):
    """A photo on a report by name, from its reporter or from who decides, drawn anew and sealed with its key."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="photos")
    number = models.PositiveSmallIntegerField()
    file = models.CharField(max_length=32)
    media_type = models.CharField(max_length=40)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["incident", "number"], name="one_photo_per_number"),)

    def __str__(self) -> str:
        return f"{self.incident_id} photo {self.number}"
