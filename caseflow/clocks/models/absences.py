from django.conf import settings
from django.db import models
from django.db.models import F, Q

from caseflow.clocks.enums import AwayReason
from caseflow.directory.models import Membership
from caseflow.records.models import Record


class Absence(Record):
    """Somebody is away in a role, from a day to a day (both included), and somebody else stands in.

    It ends by itself, or on the day on which somebody ended it early.
    """

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="absences")
    stand_in = models.ForeignKey(Membership, models.PROTECT, related_name="stands_in")
    first_day = models.DateField()
    last_day = models.DateField()
    reason = models.CharField(max_length=10, choices=AwayReason, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("first_day", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="absence_ends_later"),
            models.CheckConstraint(condition=~Q(stand_in=F("membership")), name="nobody_stands_in_for_themselves"),
        )

    def __str__(self) -> str:
        return f"{self.membership_id} {self.first_day}–{self.last_day}"
