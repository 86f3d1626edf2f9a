from django.conf import settings
from django.db import models

from caseflow.cases.models import Case
from caseflow.documents.enums import Tongue
from caseflow.dossier.enums import Form, Kind, Meeting
from caseflow.records.append_only import AppendOnly


class Making(AppendOnly):
    """Somebody took parts of a case to a meeting; never changed. The paper itself is not kept.

    `parts` are names of parts, `purpose_sealed` says whose meeting in words.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="makings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    kind = models.CharField(max_length=12, choices=Kind)
    form = models.CharField(max_length=4, choices=Form)
    meeting = models.CharField(max_length=10, choices=Meeting)
    purpose_sealed = models.BinaryField()
    tongue = models.CharField(max_length=5, choices=Tongue)
    parts = models.JSONField(default=list)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        ordering = ("-at",)
        indexes = (models.Index(fields=["case", "-at"], name="makings_of_case"),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind}"
