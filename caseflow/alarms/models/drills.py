from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from caseflow.alarms.models.alarms import Alarm
from caseflow.alarms.models.devices import Device
from caseflow.records.models import Record

if TYPE_CHECKING:
    from datetime import datetime

USER = settings.AUTH_USER_MODEL


class Drill(Record):
    """An unannounced test of one device, known to the drill officer alone until its press was accepted (rule 20).

    It is coming until its device presses while armed; that press makes `alarm`. `revealed_at` is when somebody accepted
    it as what it was: only then it counts. `real_at` is when its presser said that it is real: from then on it is an
    alarm like any other. `planned_by` is None for one that the plan drew.
    """

    device = models.ForeignKey(Device, models.PROTECT, related_name="drills")
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    told_at = models.DateTimeField(null=True, help_text="when its officer was told that its time has come")
    armed_at = models.DateTimeField(null=True)
    armed_until = models.DateTimeField(null=True)
    armed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    alarm = models.OneToOneField(Alarm, models.PROTECT, null=True, related_name="drill")
    revealed_at = models.DateTimeField(null=True)
    real_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("planned_at", "pk")
        indexes = (models.Index(fields=["device", "-revealed_at"], name="drills_held"),)
        constraints = (
            models.UniqueConstraint(
                fields=["device"], condition=Q(alarm=None, cancelled_at=None), name="one_coming_drill_per_device"
            ),
            models.CheckConstraint(
                condition=Q(armed_at=None, armed_until=None) | Q(armed_until__gt=F("armed_at")),
                name="drill_armed_from_to",
            ),
            models.CheckConstraint(
                condition=Q(alarm__isnull=False, armed_at__isnull=False, cancelled_at=None)
                | Q(alarm=None, revealed_at=None, real_at=None),
                name="drill_held_only_when_armed",
            ),
        )

    def __str__(self) -> str:
        return f"drill {self.pk}"

    def is_armed(self, now: "datetime") -> bool:
        """Whether a press of its device would be the drill now."""
        return self.alarm_id is None and self.armed_until is not None and now <= self.armed_until
