from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from caseflow.council.enums import Duty
from caseflow.council.limits import LONGEST_NAME
from caseflow.directory.models import Agency, Region
from caseflow.directory.models.territory import Named


class Council(Named):
    """The coordination council of a region. `quorum_percent` of its members have to be there when it decides."""

    region = models.OneToOneField(Region, models.PROTECT, related_name="council")
    quorum_percent = models.PositiveSmallIntegerField(
        default=50, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=Q(quorum_percent__range=(1, 100)), name="quorum_is_a_share_of_members"),
        )


class Member(models.Model):
    """Somebody who sits in a council for a body, from a day to a day. `user` where they sign in here."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="members")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="council_members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="council_seats"
    )
    name = models.CharField(max_length=LONGEST_NAME)
    position = models.CharField(max_length=LONGEST_NAME)
    duty = models.CharField(max_length=10, choices=Duty, default=Duty.MEMBER)
    since = models.DateField()
    until = models.DateField(null=True, blank=True, help_text="the last day")

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="member_ends_after_begin"),
            models.UniqueConstraint(
                fields=["council", "user"],
                condition=Q(until=None, user__isnull=False),
                name="one_seat_for_each_user",
            ),
            models.UniqueConstraint(
                fields=["council"], condition=Q(until=None, duty=Duty.CHAIR), name="one_chair_of_a_council"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def body(self) -> str:
        """The body for which somebody sits there, "" for one of their own."""
        return str(self.agency) if self.agency else ""
