from django.db import models

from caseflow.directory.models import School


class Caseload(models.Model):
    """How many cases are open at a school. The database keeps it (`records.counted`); nothing here writes it."""

    school = models.OneToOneField(School, models.CASCADE, primary_key=True, related_name="caseload")
    number = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.school_id}: {self.number}"
