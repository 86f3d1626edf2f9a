from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from caseflow.alarms.enums import Holder, Spot
from caseflow.directory.models import Room, School
from caseflow.records.models import Record

USER = settings.AUTH_USER_MODEL


class SchoolCode(Record):
    """The code behind a school's QR, by which pupils' phones are enrolled. One is in force at a time.

    It opens nothing by itself, so it hangs on a wall; revoking it can end every phone that came by it.
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="alarm_codes")
    token = models.CharField(max_length=43, unique=True)
    made_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-made_at",)
        constraints = (
            models.UniqueConstraint(fields=["school"], condition=Q(revoked_at=None), name="one_alarm_code_in_force"),
        )

    def __str__(self) -> str:
        return f"{self.school_id} {self.made_at:%Y-%m-%d}"


class Place(models.Model):
    """Where in the building, as far as it is known: a room of the directory, or a spot and perhaps its floor."""

    room = models.ForeignKey(Room, models.SET_NULL, null=True, blank=True, related_name="+")
    floor = models.SmallIntegerField(null=True, blank=True)
    spot = models.CharField(max_length=12, choices=Spot, blank=True)

    class Meta:
        abstract = True

    @property
    def place(self) -> str:
        """How it is called in the language of the page; empty while nothing is known."""
        where = str(self.room) if self.room else str(self.get_spot_display() if self.spot else "")
        floor = gettext("floor %(number)s") % {"number": self.floor} if self.floor is not None else ""
        return ", ".join(part for part in (where, floor) if part)


class Device(Place, Record):
    """Something that can raise an alarm: an enrolled phone, or a button on a wall.

    A phone proves itself by a key of which only the digest is kept; no sign-in, second factor or session is asked of a
    press (rule 20). A pupil's phone is nobody's by name. Its place stands in where a press tells none.
    """

    school = models.ForeignKey(School, models.PROTECT, related_name="alarm_devices")
    holder = models.CharField(max_length=8, choices=Holder)
    key_digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(USER, models.PROTECT, null=True, related_name="alarm_devices")
    code = models.ForeignKey(SchoolCode, models.PROTECT, null=True, related_name="devices")
    enrolled_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("school", "enrolled_at")
        indexes = (models.Index(fields=["school"], condition=Q(ended_at=None), name="alarm_devices_in_force"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(holder=Holder.PUPIL, user=None, code__isnull=False)
                | Q(holder=Holder.STAFF, user__isnull=False, code=None)
                | Q(holder=Holder.BUTTON, user=None, code=None),
                name="alarm_device_has_its_origin",
            ),
        )

    def __str__(self) -> str:
        return f"{self.holder} {self.pk}"
