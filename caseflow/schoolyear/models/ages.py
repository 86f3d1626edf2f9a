from django.db import models

from caseflow.directory.models import Pupil
from caseflow.records.models import Record


class ComingOfAge(Record):
    """A pupil's 18th birthday has been seen to: the guardians' rights have ended, the office was told."""

    pupil = models.OneToOneField(Pupil, models.CASCADE, related_name="coming_of_age")
    day = models.DateField()
    seen_to_at = models.DateTimeField()

    class Meta:
        ordering = ("-day",)

    def __str__(self) -> str:
        return f"{self.pupil_id} {self.day}"
