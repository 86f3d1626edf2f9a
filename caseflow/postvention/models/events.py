from django.conf import settings
from django.db import models
from django.db.models import Q

from caseflow.directory.models import Pupil, School
from caseflow.postvention.enums import Manner, Occasion, Sayer, Who
from caseflow.protocols.enums import Doer
from caseflow.protocols.models import ProtocolStep, ProtocolVersion
from caseflow.records.models import DataKey, Record

USER = settings.AUTH_USER_MODEL


class LossEvent(Record):
    """A death in the community of a school, and what the school does after it.

    `pupil` is who has died, or whose parent has died; none for staff. `manner` is what `said_by` says of it, never what
    the school thinks. `version` is the checklist in force when it began. `help_*`: the psychologist is affected too,
    and the leads above do their steps. Everything in words is sealed with the event's own key.
    """

    school = models.ForeignKey(School, models.PROTECT, related_name="losses")
    who = models.CharField(max_length=8, choices=Who)
    pupil = models.ForeignKey(Pupil, models.PROTECT, null=True, related_name="losses")
    name_sealed = models.BinaryField(default=bytes)
    died_on = models.DateField()
    manner = models.CharField(max_length=10, choices=Manner, default=Manner.NOT_SAID)
    said_by = models.CharField(max_length=10, choices=Sayer, blank=True)
    version = models.ForeignKey(ProtocolVersion, models.PROTECT, related_name="+")
    data_key = models.ForeignKey(DataKey, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    help_asked_at = models.DateTimeField(null=True)
    help_asked_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    help_reason_sealed = models.BinaryField(default=bytes)
    help_taken_at = models.DateTimeField(null=True)
    help_taken_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    closing_sealed = models.BinaryField(default=bytes)

    class Meta:
        ordering = ("-opened_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(manner=Manner.NOT_SAID, said_by="") | (~Q(manner=Manner.NOT_SAID) & ~Q(said_by="")),
                name="manner_is_said_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(who=Who.PUPIL, pupil__isnull=False)
                | Q(who=Who.STAFF, pupil=None)
                | Q(who=Who.PARENT, pupil__isnull=False),
                name="loss_of_a_pupil_names_the_pupil",
            ),
            models.UniqueConstraint(
                fields=["pupil"], condition=Q(who=Who.PUPIL, closed_at=None), name="one_open_loss_of_a_pupil"
            ),
        )

    def __str__(self) -> str:
        return f"{self.school_id} {self.opened_at:%Y-%m-%d %H:%M}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class LossStep(Record):
    """A step of the checklist, or a day on which the loss comes back; each with its clock.

    Done with words that prove it, or found not to apply (`waived`) with the reason; both sealed.
    """

    event = models.ForeignKey(LossEvent, models.CASCADE, related_name="steps")
    step = models.ForeignKey(ProtocolStep, models.PROTECT, null=True, related_name="+")
    occasion = models.CharField(max_length=12, choices=Occasion, blank=True)
    day = models.DateField(null=True)
    label_sealed = models.BinaryField(default=bytes)
    clock = models.OneToOneField("clocks.Clock", models.PROTECT, related_name="loss_step")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    waived = models.BooleanField(default=False)
    proof_sealed = models.BinaryField(default=bytes)

    class Meta:
        ordering = ("clock__due_at", "step__position")
        constraints = (
            models.UniqueConstraint(fields=["event", "step"], name="each_step_once_in_a_loss"),
            models.CheckConstraint(
                condition=Q(step__isnull=False, occasion="", day=None)
                | (Q(step=None, day__isnull=False) & ~Q(occasion="")),
                name="loss_step_is_a_step_or_a_day",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None, waived=False) | Q(done_at__isnull=False, done_by__isnull=False),
                name="done_loss_step_has_its_doer",
            ),
        )

    def __str__(self) -> str:
        return f"{self.event_id} {self.step_id or self.occasion}"

    @property
    def key(self) -> str:
        """The id as pages name it."""
        return str(self.pk)

    @property
    def doer(self) -> Doer:
        """Who does it: what the protocol says; a day that comes back is the psychologist's."""
        return Doer(self.step.doer) if self.step else Doer.PSYCHOLOGIST
