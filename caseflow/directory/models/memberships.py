from django.conf import settings
from django.db import models
from django.db.models import Q

from caseflow.directory.enums import Role
from caseflow.directory.models.people import Guardian, Pupil, SchoolClass
from caseflow.directory.models.territory import Agency, District, Region, School

UNITS = ("region", "district", "school", "school_class", "agency", "guardian", "pupil")
UNITLESS_ROLES = (Role.SYSTEM_ADMIN, Role.DPO)


def _exactly(unit: str | None) -> Q:
    return Q(**{f"{name}__isnull": name != unit for name in UNITS})


def _one_unit() -> Q:
    """Exactly one unit, or none for those who serve the whole installation."""
    condition = _exactly(None) & Q(role__in=UNITLESS_ROLES)
    for unit in UNITS:
        condition |= _exactly(unit)
    return condition


class Membership(models.Model):
    """A role in one unit, from a date to a date. A parent's unit is the guardian, a grown pupil's the pupil.

    `substitute` marks a class teacher's role that somebody has for some days only: nothing is handed to them for good.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="memberships")
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True, related_name="memberships")
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="memberships")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, null=True, blank=True, related_name="memberships")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="memberships")
    guardian = models.ForeignKey(Guardian, models.PROTECT, null=True, blank=True, related_name="memberships")
    pupil = models.ForeignKey(Pupil, models.PROTECT, null=True, blank=True, related_name="memberships")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    substitute = models.BooleanField(default=False)

    class Meta:
        ordering = ("pk",)
        constraints = (models.CheckConstraint(condition=_one_unit(), name="membership_in_one_unit"),)

    def __str__(self) -> str:
        return f"{self.role} {self.user_id}"

    @property
    def unit_name(self) -> str:
        """What the unit is called, a class with its school; empty where the unit is the person or there is none."""
        if self.guardian_id or self.pupil_id:
            return ""
        return self.school_class.name_with_school if self.school_class else str(self.unit or "")

    @property
    def unit(self) -> Region | District | School | SchoolClass | Agency | Guardian | Pupil | None:
        """Where the role holds; None for those who serve the whole installation."""
        return next((getattr(self, name) for name in UNITS if getattr(self, f"{name}_id") is not None), None)
