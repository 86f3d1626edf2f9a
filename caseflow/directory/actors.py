"""A user acting in one of their roles: what every selector and service asks for."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Self, cast
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from caseflow.accounts.models import User
from caseflow.directory.enums import Role
from caseflow.directory.models import Agency, Guardianship, Membership, Pupil, School, SchoolClass
from caseflow.directory.rules import is_guardian, stands, still_here
from prepared import Asker, Value

UNITS = ("region_id", "district_id", "school_id", "school_class_id", "agency_id", "guardian_id", "pupil_id")


@dataclass(frozen=True, slots=True)
class Actor(Asker):
    """One person in one role. Never the union of what a person may do in several roles."""

    user: User
    membership: Membership

    @property
    def role(self) -> Role:
        return Role(self.membership.role)

    @property
    def question(self) -> Hashable:
        """What is the same for all who act alike (`prepared`)."""
        agency = self.membership.agency if self.membership.agency_id else None
        return self.membership.role, self._units, agency is not None and agency.district_id is not None

    @property
    def values(self) -> tuple[Value, ...]:
        """Who it is: the ids of the user, the membership and its units; of an agency also where it is."""
        unit = self.membership
        where = (unit.agency.district_id or unit.agency.region_id,) if unit.agency else ()
        return (self.user.pk, unit.pk, *(getattr(unit, name) for name in self._units), *where)

    def with_values(self, values: Sequence[Value]) -> Self:
        """Somebody else who acts alike."""
        user, membership, *units = cast("Sequence[Any]", values)
        other = Membership(pk=membership, role=self.membership.role, user_id=user)
        for name, unit in zip(self._units, units, strict=False):
            setattr(other, name, unit)
        if self.membership.agency:
            place = "district_id" if self.membership.agency.district_id else "region_id"
            other.agency = Agency(pk=other.agency_id, **{place: units[-1]})
        return type(self)(User(pk=user), other)

    @property
    def _units(self) -> tuple[str, ...]:
        return tuple(name for name in UNITS if getattr(self.membership, name) is not None)

    def schools(self) -> QuerySet[School]:
        """The schools the membership reaches: of its region, district, school or class."""
        unit = self.membership
        if unit.school_id:
            return School.objects.filter(pk=unit.school_id)
        if unit.school_class_id:
            return School.objects.filter(classes=unit.school_class_id)
        if unit.district_id:
            return School.objects.filter(district=unit.district_id)
        if unit.region_id:
            return School.objects.filter(district__region=unit.region_id)
        if unit.agency:
            return _schools_of_agency(unit)
        if self.role == Role.SYSTEM_ADMIN:
            return School.objects.all()
        return School.objects.none()

    def classes(self) -> QuerySet[SchoolClass]:
        """The classes the membership reaches."""
        if self.membership.school_class_id:
            return SchoolClass.objects.filter(pk=self.membership.school_class_id)
        return SchoolClass.objects.filter(school__in=self.schools())

    def children(self) -> QuerySet[Guardianship, UUID]:
        """The ids of the actor's own children (rule 10b), for a subquery: it is answered once, while a question whether
        somebody is one of them is answered for every row."""
        own = Guardianship.objects.filter(is_guardian(self.user, "guardian__"))
        return own.values_list("pupil", flat=True)

    def pupils(self) -> QuerySet[Pupil]:
        """The pupils the membership reaches, without leavers and without the actor's own children on the staff."""
        unit = self.membership
        if unit.guardian_id:
            own = Guardianship.objects.filter(stands(), pupil=OuterRef("pk"), guardian=unit.guardian_id)
            return Pupil.objects.filter(Exists(own))
        if unit.pupil_id:
            return Pupil.objects.filter(pk=unit.pupil_id)
        staff = Pupil.objects.filter(still_here()).exclude(pk__in=self.children())
        if unit.school_class_id:
            return staff.filter(school_class=unit.school_class_id)
        return staff.filter(school__in=self.schools())


class ActorRequest(HttpRequest):
    """A request that passed a guard: somebody acts."""

    actor: Actor


def _schools_of_agency(membership: Membership) -> QuerySet[School]:
    agency = membership.agency
    if agency is None:
        return School.objects.none()
    if agency.district_id:
        return School.objects.filter(district=agency.district_id)
    return School.objects.filter(district__region=agency.region_id)
