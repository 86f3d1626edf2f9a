from django.conf import settings
from django.db import models
from django.db.models import Q

from caseflow.cases.models import Case
from caseflow.directory.models import Membership
from caseflow.records.append_only import AppendOnly
from caseflow.records.models import DataKey, Record

USER = settings.AUTH_USER_MODEL


class Supervision(Record):
    """A lead psychologist accompanies the work of one psychologist. What is said in it is sealed with `data_key`."""

    lead = models.ForeignKey(USER, models.PROTECT, related_name="supervisions")
    member = models.ForeignKey(Membership, models.PROTECT, related_name="supervisions")
    data_key = models.ForeignKey(DataKey, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()

    class Meta:
        ordering = ("-begun_at",)
        constraints = (models.UniqueConstraint(fields=["lead", "member"], name="one_supervision_of_two_people"),)

    def __str__(self) -> str:
        return f"{self.lead_id} {self.member_id}"


class SupervisionNote(AppendOnly):
    """What was said on a day, never changed; one that was wrong is struck through by the note that `corrects` it.

    Sealed with the key of the `case` it is about, else with that of the supervision.
    """

    supervision = models.ForeignKey(Supervision, models.PROTECT, related_name="notes")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="supervision_notes")
    held_on = models.DateField()
    themes_sealed = models.BinaryField()
    text_sealed = models.BinaryField()
    recorded_at = models.DateTimeField()
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="correction")

    class Meta:
        ordering = ("-held_on", "-recorded_at")

    def __str__(self) -> str:
        return f"{self.held_on:%Y-%m-%d} {self.supervision_id}"

    @property
    def key(self) -> DataKey:
        return self.case.data_key if self.case else self.supervision.data_key


class NoteSharing(AppendOnly):
    """From then on the psychologist reads the note too; it cannot be taken back."""

    note = models.OneToOneField(SupervisionNote, models.PROTECT, related_name="sharing")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.note_id} {self.at:%Y-%m-%d %H:%M}"


class Agreement(Record):
    """Something that one of the two does until a day, with a clock of its own."""

    note = models.ForeignKey(SupervisionNote, models.PROTECT, related_name="agreements")
    what_sealed = models.BinaryField()
    by_lead = models.BooleanField(default=False, help_text="the lead does it, else the psychologist")
    due_at = models.DateTimeField()
    clock = models.OneToOneField("clocks.Clock", models.PROTECT, related_name="supervision_agreement")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("due_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
                name="done_agreement_has_its_doer",
            ),
        )

    def __str__(self) -> str:
        return f"{self.note_id} {self.due_at:%Y-%m-%d}"
