from django.conf import settings
from django.db import models
from django.db.models import Q

from caseflow.cases.enums import EntryKind, Visibility
from caseflow.cases.models.cases import Case
from caseflow.records.append_only import AppendOnly


class ChronologyEntry(AppendOnly):
    """A line of the chronology; never changed. A note that was wrong is struck through by the entry that `corrects` it.

    `text_sealed` holds what a person wrote; `code` and `params` say what the system recorded (no free text);
    `ref` points to a thing of this or another room, "triage:<uuid>". The database refuses a changed line as well
    (migration 0010); erasure and the end of a term remove rows through `_base_manager`.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=12, choices=EntryKind)
    event_at = models.DateTimeField()
    day_only = models.BooleanField(default=False)  # the time of the event is not known: `event_at` begins its day
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
        constraints = (
            # What touches an incident is a line of another kind, and never the parents' to read (rule 10a).
            models.CheckConstraint(
                condition=~Q(visibility="shared_plan") | Q(kind="note"), name="only_notes_are_shared"
            ),
        )

    def __str__(self) -> str:
        return f"{self.event_at:%Y-%m-%d %H:%M} {self.code}"
