from django.conf import settings
from django.db import models
from django.db.models import F, Q

from caseflow.cases.models import Case
from caseflow.directory.models import Pupil
from caseflow.postvention.enums import Circle
from caseflow.postvention.models.events import LossEvent
from caseflow.records.models import Record

USER = settings.AUTH_USER_MODEL


class Affected(Record):
    """A pupil whom somebody thinks a loss touches, and what was done for this pupil. Never a score.

    `needs_support` is None until somebody has talked with the pupil.
    """

    event = models.ForeignKey(LossEvent, models.CASCADE, related_name="affected")
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="+")
    circle = models.CharField(max_length=12, choices=Circle)
    reason_sealed = models.BinaryField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    talked_on = models.DateField(null=True)
    talked_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    needs_support = models.BooleanField(null=True)
    parents_told_on = models.DateField(null=True)
    parents_told_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("pupil__last_name", "pupil__first_name", "pk")
        constraints = (
            models.UniqueConstraint(fields=["event", "pupil"], name="affected_once_by_a_loss"),
            models.CheckConstraint(
                condition=Q(talked_on=None, talked_by=None, needs_support=None)
                | Q(talked_on__isnull=False, talked_by__isnull=False, needs_support__isnull=False),
                name="a_talk_says_whether_support_is_needed",
            ),
            models.CheckConstraint(
                condition=Q(parents_told_on=None, parents_told_by=None)
                | Q(parents_told_on__isnull=False, parents_told_by__isnull=False),
                name="somebody_told_the_parents",
            ),
        )

    def __str__(self) -> str:
        return f"{self.event_id} {self.pupil_id}"


class DeathRecord(Record):
    """That a pupil has died, as one person recorded and another confirmed; it can be taken back, with a reason.

    Until it is confirmed nothing follows from it.
    """

    event = models.ForeignKey(LossEvent, models.PROTECT, related_name="deaths")
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="deaths")
    died_on = models.DateField()
    words_sealed = models.BinaryField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    undo_reason_sealed = models.BinaryField(default=bytes)

    class Meta:
        ordering = ("-recorded_at",)
        constraints = (
            models.UniqueConstraint(fields=["pupil"], condition=Q(undone_at=None), name="one_standing_death_record"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | (Q(confirmed_at__isnull=False, confirmed_by__isnull=False) & ~Q(confirmed_by=F("recorded_by"))),
                name="two_people_record_a_death",
            ),
        )

    def __str__(self) -> str:
        return f"{self.pupil_id} {self.recorded_at:%Y-%m-%d %H:%M}"

    @property
    def stands(self) -> bool:
        """Whether two people have recorded it and nobody has taken it back."""
        return self.confirmed_at is not None and self.undone_at is None
