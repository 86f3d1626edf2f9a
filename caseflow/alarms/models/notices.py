from django.conf import settings
from django.db import models
from django.db.models import Q

from caseflow.alarms.enums import Finding
from caseflow.alarms.models.centres import Centre
from caseflow.directory.models import Room, School
from caseflow.records.models import Record

USER = settings.AUTH_USER_MODEL


class Notice(Record):
    """Something that a person at a school sent to the police centre and that is no press, for example a clip.

    `kind` and `ref` name what it is about; the room they come from shows it (caseflow.alarms.sendable). It is no alarm:
    it has no clock and calls one centre alone.
    """

    school = models.ForeignKey(School, models.PROTECT, related_name="notices")
    room = models.ForeignKey(Room, models.PROTECT, null=True, related_name="+")
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=20)
    ref = models.UUIDField()
    happened_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    finding = models.CharField(max_length=12, choices=Finding, blank=True)

    class Meta:
        ordering = ("sent_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=["kind", "ref"], name="one_notice_about_a_thing"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None, finding="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(finding="")),
                name="notice_closed_with_a_finding",
            ),
        )

    def __str__(self) -> str:
        return f"{self.school_id} {self.kind} {self.sent_at:%Y-%m-%d %H:%M}"
