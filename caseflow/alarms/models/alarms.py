from django.conf import settings
from django.db import models
from django.db.models import F, Q

from caseflow.alarms.enums import AlarmState, Finding, Step, Voice, Word
from caseflow.alarms.models.centres import Centre
from caseflow.alarms.models.devices import Device, Place
from caseflow.clocks.models import Clock
from caseflow.directory.models import School
from caseflow.incidents.models import Incident
from caseflow.records.models import DataKey, Record

USER = settings.AUTH_USER_MODEL


class Alarm(Place, Record):
    """A press of a panic button and what became of it.

    `pressed_at` is the server's time; `waited_s` is how long the press lay on the device before. While the device's
    alarm is open, further presses belong to it. `operator` holds it: who accepted it, or took it over.
    """

    school = models.ForeignKey(School, models.PROTECT, related_name="alarms")
    device = models.ForeignKey(Device, models.PROTECT, related_name="alarms")
    pressed_at = models.DateTimeField()
    waited_s = models.PositiveIntegerField(default=0)
    still_needed = models.BooleanField(null=True, help_text="of a late press: what the presser answered")
    anonymous = models.BooleanField()
    state = models.CharField(max_length=12, choices=AlarmState, default=AlarmState.WAITING)
    delivered_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    dispatched_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    centre = models.ForeignKey(Centre, models.PROTECT, null=True, related_name="accepted", help_text="that accepted it")
    operator = models.ForeignKey(USER, models.PROTECT, null=True, related_name="held_alarms")
    patrol = models.CharField(max_length=40, blank=True)
    finding = models.CharField(max_length=12, choices=Finding, blank=True)
    dispatch_clock = models.OneToOneField(Clock, models.PROTECT, null=True, related_name="+")
    data_key = models.ForeignKey(DataKey, models.PROTECT, related_name="+")
    incident = models.OneToOneField(
        Incident, models.PROTECT, null=True, related_name="alarm", help_text="the school's report that it became"
    )

    class Meta:
        ordering = ("pressed_at", "pk")
        indexes = (
            models.Index(fields=["pressed_at"], condition=~Q(state=AlarmState.CLOSED), name="alarms_open"),
            models.Index(fields=["school", "-pressed_at"], name="alarms_of_school"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["device"], condition=~Q(state=AlarmState.CLOSED), name="one_open_alarm_per_device"
            ),
            models.CheckConstraint(
                condition=Q(state=AlarmState.WAITING, operator=None, centre=None, accepted_at=None)
                | (~Q(state=AlarmState.WAITING) & Q(operator__isnull=False, accepted_at__isnull=False)),
                name="alarm_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=AlarmState.CLOSED) | (Q(closed_at__isnull=False) & ~Q(finding="")),
                name="alarm_closed_with_a_finding",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(accepted_at__gte=F("pressed_at")), name="alarm_accepted_after_press"
            ),
        )

    def __str__(self) -> str:
        return f"{self.school_id} {self.pressed_at:%Y-%m-%d %H:%M:%S} {self.state}"

    @property
    def is_drill(self) -> bool:
        """Whether it is known to be a drill: accepted as one, and nobody said since that it is real (rule 20).

        Asks for `drill` unless it was fetched along or nobody has accepted yet.
        """
        if self.state == AlarmState.WAITING:
            return False
        drill = getattr(self, "drill", None)
        return drill is not None and drill.revealed_at is not None and drill.real_at is None


class Press(models.Model):
    """One press as a device sent it. `client_key` is chosen there, so that it counts once however often it comes."""

    device = models.ForeignKey(Device, models.PROTECT, related_name="presses")
    client_key = models.UUIDField()
    alarm = models.ForeignKey(Alarm, models.CASCADE, related_name="presses")
    received_at = models.DateTimeField()
    waited_s = models.PositiveIntegerField()

    class Meta:
        ordering = ("received_at", "pk")
        verbose_name_plural = "presses"
        constraints = (models.UniqueConstraint(fields=["device", "client_key"], name="one_press_per_client_key"),)

    def __str__(self) -> str:
        return f"{self.device_id} {self.client_key}"


class Call(models.Model):
    """An alarm at a centre: its operators see it. `clock` runs until somebody accepts; missed, the next rung is called.

    Behind the last rung the ladder begins again, so that an alarm nobody accepts is never silent.
    """

    alarm = models.ForeignKey(Alarm, models.CASCADE, related_name="calls")
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="calls")
    rung = models.PositiveSmallIntegerField()
    called_at = models.DateTimeField()
    clock = models.OneToOneField(Clock, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("alarm", "rung")
        constraints = (models.UniqueConstraint(fields=["alarm", "rung"], name="one_call_per_rung"),)

    def __str__(self) -> str:
        return f"{self.alarm_id} {self.rung}"


class AlarmStep(models.Model):
    """What happened to an alarm and when, by the server's time; never changed."""

    alarm = models.ForeignKey(Alarm, models.CASCADE, related_name="steps")
    step = models.CharField(max_length=20, choices=Step)
    at = models.DateTimeField()
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.alarm_id} {self.step}"


class AlarmMessage(Record):
    """A word between the presser, the school and the police. Free text is sealed with the alarm's key."""

    alarm = models.ForeignKey(Alarm, models.CASCADE, related_name="messages")
    voice = models.CharField(max_length=8, choices=Voice)
    word = models.CharField(max_length=12, choices=Word, blank=True)
    text_sealed = models.BinaryField(default=bytes)
    at = models.DateTimeField()
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.alarm_id} {self.voice}"
