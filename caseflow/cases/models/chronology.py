from django.conf import settings
from django.db import models

from caseflow.cases.enums import EntryKind, Visibility
from caseflow.cases.models.cases import Case
from caseflow.records.models import Record


class ChronologyEntry(Record):
    """A line of the chronology; never changed. A note that was wrong is struck through by the entry that `corrects` it.

    `text_sealed` holds what a person wrote; `code` and `params` say what the system recorded (no free text);
    `ref` points to a thing of this or another room, "triage:<uuid>".
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=12, choices=EntryKind)
    event_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    visibility = models.CharField(max_length=12, choices=Visibility, default=Visibility.TEAM)
    text_sealed = models.BinaryField(default=bytes)
    code = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    ref = models.CharField(max_length=60, blank=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="correction")

    class Meta:
        ordering = ("-event_at", "-recorded_at")
        verbose_name_plural = "chronology entries"
        indexes = (models.Index(fields=["case", "-event_at"], name="chronology_of_case"),)

    def __str__(self) -> str:
        return f"{self.event_at:%Y-%m-%d %H:%M} {self.code}"
