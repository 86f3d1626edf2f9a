from django.conf import settings
from django.db import models

from caseflow.cases.enums import RiskLevel
from caseflow.cases.models.cases import Case
from caseflow.records.models import Record


class RiskAssessment(Record):
    """What a person concluded, from what, and how they understand it; the newest one is the case's risk level.

    Assessments made before a formulation was asked for have none.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="assessments")
    level = models.CharField(max_length=8, choices=RiskLevel)
    basis_sealed = models.BinaryField()
    formulation_sealed = models.BinaryField(default=bytes)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.level}"
