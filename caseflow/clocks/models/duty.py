from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from caseflow.clocks.enums import Rung
from caseflow.directory.models import District, Membership, Region, School
from caseflow.records.models import Record

if TYPE_CHECKING:
    from caseflow.accounts.models import User

USER = settings.AUTH_USER_MODEL
UNITS = ("school", "district", "region")


def _one_unit() -> Q:
    condition = Q()
    for unit in UNITS:
        condition |= Q(**{f"{name}__isnull": name != unit for name in UNITS})
    return condition


class DutyShift(Record):
    """Somebody is on duty for a school, a district or a region, from a moment to another (the end not included).

    Shifts may overlap, then all of them are rung; where there is a gap, `whom_to_ring` says who is.
    """

    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="duty_shifts")
    district = models.ForeignKey(District, models.PROTECT, null=True, related_name="duty_shifts")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="duty_shifts")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="duty_shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ("starts_at", "pk")
        constraints = (
            models.CheckConstraint(condition=_one_unit(), name="duty_shift_in_one_unit"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="duty_shift_ends_later"),
        )

    def __str__(self) -> str:
        return f"{self.membership_id} {self.starts_at:%Y-%m-%d %H:%M}–{self.ends_at:%Y-%m-%d %H:%M}"


class DutyCall(Record):
    """Those on duty are rung until somebody answers. `reason` is a code and `url` a local page: no names.

    `rung` is the highest one told so far and `rings` how often it rang; whoever rings next checks that number. A matter
    kept from the school begins at `first_rung`. `kept_from` are users it is kept from (rule 10b). It ends unanswered
    where what it was about is dealt with. `helped_by` has taken it first without being able to open what it is about:
    it rings on for the others.
    """

    reason = models.SlugField(max_length=60)
    school = models.ForeignKey(School, models.PROTECT, related_name="duty_calls")
    url = models.CharField(max_length=300)
    kept_from: "models.ManyToManyField[User, models.Model]" = models.ManyToManyField(USER, related_name="+")
    started_at = models.DateTimeField()
    first_rung = models.PositiveSmallIntegerField(choices=Rung, default=Rung.SCHOOL)
    rung = models.PositiveSmallIntegerField(choices=Rung)
    rings = models.PositiveIntegerField(default=0)
    next_ring_at = models.DateTimeField()
    helped_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    helped_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-started_at",)
        indexes = (
            models.Index(fields=["next_ring_at"], condition=Q(answered_at=None, ended_at=None), name="duty_ringing"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="duty_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(helped_at=None, helped_by=None) | Q(helped_at__isnull=False, helped_by__isnull=False),
                name="duty_helped_by_somebody",
            ),
            models.CheckConstraint(condition=Q(rung__gte=F("first_rung")), name="duty_rung_from_the_first_up"),
        )

    def __str__(self) -> str:
        return f"{self.reason} {self.started_at:%Y-%m-%d %H:%M}"

    @property
    def is_ringing(self) -> bool:
        return self.answered_at is None and self.ended_at is None


class DutyRing(Record):
    """Proof that somebody was rung: the `number`-th ring of a call, at which rung and when."""

    call = models.ForeignKey(DutyCall, models.CASCADE, related_name="told")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    rung = models.PositiveSmallIntegerField(choices=Rung)
    number = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("number", "pk")
        constraints = (
            models.UniqueConstraint(fields=["call", "number", "membership"], name="one_ring_per_person_and_number"),
        )

    def __str__(self) -> str:
        return f"{self.call_id} {self.number} → {self.membership_id}"
