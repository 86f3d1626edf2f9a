from django.conf import settings
from django.db import models

from caseflow.appointments.models import Appointment
from caseflow.instruments.models import Administration
from caseflow.journals.enums import Asker, WorkForm
from caseflow.records.models import Record

USER = settings.AUTH_USER_MODEL


class WorkRecord(Record):
    """What was done at an appointment that was held: what the forms of the service ask and the calendar does not know.

    The words are sealed with the appointment's key.
    """

    appointment = models.OneToOneField(Appointment, models.CASCADE, related_name="work_record")
    asker = models.CharField(max_length=12, choices=Asker, blank=True)
    form = models.CharField(max_length=12, choices=WorkForm, blank=True)
    participants = models.PositiveSmallIntegerField(null=True)
    theme_sealed = models.BinaryField(default=bytes)
    audience_sealed = models.BinaryField(default=bytes)
    result_sealed = models.BinaryField(default=bytes)
    written_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.appointment_id} {self.written_at:%Y-%m-%d}"


class ResultRecord(Record):
    """What a questionnaire was given for, and to whom its result was explained. Sealed with the key of the case."""

    administration = models.OneToOneField(Administration, models.CASCADE, related_name="result_record")
    purpose_sealed = models.BinaryField(default=bytes)
    told = models.JSONField(default=list, help_text="values of Told")
    written_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.administration_id} {self.written_at:%Y-%m-%d}"
