"""A user acting in one of their roles: what every selector and service asks for."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from caseflow.accounts.models import User
from caseflow.directory.enums import Role
from caseflow.directory.models import Guardianship, Membership, Pupil, School, SchoolClass
from caseflow.directory.rules import is_guardian, stands, still_here


@dataclass(frozen=True, slots=True)
class Actor:
    """One person in one role. Never the union of what a person may do in several roles."""

    user: User
    membership: Membership

    @property
    def role(self) -> Role:
        return Role(self.membership.role)

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

    def pupils(self) -> QuerySet[Pupil]:
        """The pupils the membership reaches, without leavers and without the actor's own children on the staff."""
        unit = self.membership
        if unit.guardian_id:
            own = Guardianship.objects.filter(stands(), pupil=OuterRef("pk"), guardian=unit.guardian_id)
            return Pupil.objects.filter(Exists(own))
        if unit.pupil_id:
            return Pupil.objects.filter(pk=unit.pupil_id)
        staff = Pupil.objects.filter(still_here()).exclude(is_guardian(self.user, "guardianships__guardian__"))
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
