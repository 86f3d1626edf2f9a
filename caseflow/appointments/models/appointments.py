from django.conf import settings
from django.db import models
from django.db.models import F, Q

from caseflow.appointments.enums import AppointmentKind, AppointmentState, CalledOffBy
from caseflow.cases.models import Case
from caseflow.directory.models import Guardian, Pupil, Room, School
from caseflow.records.models import DataKey, Record

USER = settings.AUTH_USER_MODEL
ANSWERED = (AppointmentState.HELD, AppointmentState.NOT_COME, AppointmentState.CALLED_OFF)


class Series(Record):
    """Appointments that were made together, a week apart; each of them stands for itself afterwards."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    until = models.DateField(help_text="the last day on which one was made")

    class Meta:
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return f"until {self.until}"


class Appointment(Record):
    """A psychologist meets somebody. What is said of it is sealed with `data_key`: the case's, else the pupil's, else
    one of its own.

    Kind, length and how many took part stay when the people in it are erased (rule 14b): then case and key are gone,
    and what was sealed with them.
    """

    school = models.ForeignKey(School, models.PROTECT, related_name="appointments")
    owner = models.ForeignKey(USER, models.PROTECT, related_name="appointments")
    room = models.ForeignKey(Room, models.PROTECT, null=True, related_name="appointments")
    case = models.ForeignKey(Case, models.SET_NULL, null=True, related_name="appointments")
    series = models.ForeignKey(Series, models.PROTECT, null=True, related_name="appointments")
    kind = models.CharField(max_length=12, choices=AppointmentKind)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=AppointmentState, default=AppointmentState.PLANNED)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    called_off_by = models.CharField(max_length=12, choices=CalledOffBy, blank=True)
    pupil_count = models.PositiveSmallIntegerField(default=0)
    people_count = models.PositiveSmallIntegerField(default=0, help_text="all who were to come, without the owner")
    data_key = models.ForeignKey(DataKey, models.SET_NULL, null=True, related_name="+")
    purpose_sealed = models.BinaryField(default=bytes)
    reason_sealed = models.BinaryField(default=bytes, help_text="why somebody did not come, or it was called off")
    sequence = models.PositiveIntegerField(default=0, help_text="how often its time was changed, or it was called off")
    created_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("starts_at", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="appointment_ends_later"),
            models.CheckConstraint(
                condition=Q(state="planned", answered_at=None) | (~Q(state="planned") & Q(answered_at__isnull=False)),
                name="appointment_answered_at_a_time",
            ),
            models.CheckConstraint(
                condition=(Q(state="called_off") & ~Q(called_off_by=""))
                | (~Q(state="called_off") & Q(called_off_by="")),
                name="appointment_called_off_by_somebody",
            ),
        )
        indexes = (
            models.Index(fields=["school", "starts_at"], name="appointments_of_school"),
            models.Index(fields=["owner", "starts_at"], name="appointments_of_owner"),
        )

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} {self.kind}"

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds()) // 60

    @property
    def is_planned(self) -> bool:
        return self.state == AppointmentState.PLANNED

    @property
    def takes_time(self) -> bool:
        """Whether it stands in the way of another one."""
        return self.state != AppointmentState.CALLED_OFF


class Participant(Record):
    """Who is to come: a pupil, somebody who stands for one, or somebody of the staff. `came` is None until said."""

    appointment = models.ForeignKey(Appointment, models.CASCADE, related_name="participants")
    pupil = models.ForeignKey(Pupil, models.CASCADE, null=True, related_name="appointments")
    guardian = models.ForeignKey(Guardian, models.CASCADE, null=True, related_name="appointments")
    member = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    came = models.BooleanField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(pupil__isnull=False, guardian=None, member=None)
                | Q(pupil=None, guardian__isnull=False, member=None)
                | Q(pupil=None, guardian=None, member__isnull=False),
                name="participant_is_one_person",
            ),
            models.UniqueConstraint(fields=["appointment", "pupil"], name="pupil_once_in_appointment"),
            models.UniqueConstraint(fields=["appointment", "guardian"], name="guardian_once_in_appointment"),
            models.UniqueConstraint(fields=["appointment", "member"], name="member_once_in_appointment"),
        )

    def __str__(self) -> str:
        return f"{self.appointment_id} {self.pupil_id or self.guardian_id or self.member_id}"

    @property
    def person(self) -> str:
        """The name, as lists show it."""
        who = self.pupil or self.guardian or self.member
        return who.short_name if who else ""


class Move(Record):
    """An appointment was given another time; its old one stays known. Never changed."""

    appointment = models.ForeignKey(Appointment, models.CASCADE, related_name="moves")
    starts_at = models.DateTimeField(help_text="the old time")
    ends_at = models.DateTimeField()
    at = models.DateTimeField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.appointment_id} from {self.starts_at:%Y-%m-%d %H:%M}"
