from django.conf import settings
from django.db import models

from caseflow.directory.models import Pupil
from caseflow.records.models import Record


class Removed(Record):
    """What an act removed, as it was, for the seconds in which that can be undone.

    `rows` are Django's serialisation of them; what was sealed in them stays sealed.
    """

    kind = models.SlugField(max_length=40)
    object_id = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    pupil = models.ForeignKey(Pupil, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    rows = models.TextField()

    class Meta:
        ordering = ("-at",)
        constraints = (models.UniqueConstraint(fields=["by"], name="one_last_act_of_a_person"),)
        indexes = (models.Index(fields=["at"], name="removed_by_age"),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind}"
