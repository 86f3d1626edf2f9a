"""What is found of the acts between two pupils, and what a pupil says to it (rule 13)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from caseflow.directory.models import Pupil
from caseflow.incidents.enums import Answerer
from caseflow.incidents.models.incidents import Incident
from caseflow.records.models import Record

USER = settings.AUTH_USER_MODEL


class Bullying(Record):
    """Somebody who decides found that one pupil bullies another. It is taken back, never changed.

    It rests on `acts`, or, where they are fewer than two, on a reason: then `override_sealed` is there. Reasons are
    sealed with the key of the report on which the finding was recorded.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="bullying")
    said = models.ForeignKey(Pupil, models.PROTECT, related_name="+")
    harmed = models.ForeignKey(Pupil, models.PROTECT, related_name="+")
    acts = models.ManyToManyField(Incident, through="BullyingAct", related_name="bullying_resting_here")
    override_sealed = models.BinaryField(null=True)
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_back_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_sealed = models.BinaryField(default=bytes)

    class Meta:
        ordering = ("-at",)
        verbose_name_plural = "bullying"
        constraints = (
            models.UniqueConstraint(
                fields=["incident"], condition=Q(taken_back_at=None), name="one_standing_bullying_per_report"
            ),
            models.CheckConstraint(condition=~Q(said=F("harmed")), name="bullying_is_between_two"),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="bullying_taken_back_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"bullying on {self.incident_id}"


class BullyingAct(models.Model):
    """A report on which a finding rests."""

    finding = models.ForeignKey(Bullying, models.CASCADE, related_name="resting_on")
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["finding", "incident"], name="an_act_counts_once"),)

    def __str__(self) -> str:
        return f"{self.finding_id} rests on {self.incident_id}"


class PartyAnswer(Record):
    """What a pupil said to have harmed somebody answers, or a guardian for the pupil; sealed, added, never changed.

    It stays with report and pupil, so that no merge and no split of reports takes it away.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="answers")
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="+")
    answerer = models.CharField(max_length=10, choices=Answerer)
    asks_correction = models.BooleanField()
    text_sealed = models.BinaryField()
    noted_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ("noted_at",)

    def __str__(self) -> str:
        return f"{self.incident_id} {self.answerer}"
