from django.conf import settings
from django.db import models

from caseflow.appointments.models.appointments import Appointment

DEFAULT_MINUTES = 15


class ReminderWish(models.Model):
    """How long before an appointment somebody wants to be reminded; 0: not at all."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    minutes = models.PositiveSmallIntegerField(default=DEFAULT_MINUTES)

    def __str__(self) -> str:
        return f"{self.user_id} {self.minutes} min"


class Reminder(models.Model):
    """The order to remind the owner of an appointment, once. It moves with the appointment and goes with it."""

    appointment = models.OneToOneField(Appointment, models.CASCADE, primary_key=True, related_name="reminder")
    due_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["due_at"], condition=models.Q(told_at=None), name="reminder_untold"),)

    def __str__(self) -> str:
        return f"{self.appointment_id} {self.due_at:%Y-%m-%d %H:%M}"
