"""A school between two years. Everything is invented."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil, School, SchoolClass, SchoolYear
from tests.directory.factories import (
    MembershipFactory,
    PupilFactory,
    SchoolClassFactory,
    SchoolFactory,
    SchoolYearFactory,
    actor,
)

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Turning:
    """A school whose old year ended yesterday and whose new year begins today."""

    office: Actor
    school: School
    old: SchoolYear
    new: SchoolYear

    def class_of(self, grade: int, letter: str) -> SchoolClass:
        return SchoolClassFactory.create(school=self.school, year=self.old, grade=grade, letter=letter)

    def teacher_of(self, school_class: SchoolClass) -> Actor:
        right = MembershipFactory.create(role=Role.CLASS_TEACHER, school_class=school_class)
        MembershipFactory.create(user=right.user, role=Role.TEACHER, school=self.school)
        return Actor(right.user, right)

    def pupil(self, school_class: SchoolClass | None, **facts: object) -> Pupil:
        return PupilFactory.create(school_class=school_class, school=self.school, **facts)


def turning(begins: date | None = None) -> Turning:
    first = begins or timezone.localdate()
    school = SchoolFactory.create()
    region = school.district.region
    old = SchoolYearFactory.create(region=region, starts_on=first - 365 * DAY, ends_on=first - DAY)
    new = SchoolYearFactory.create(region=region, starts_on=first, ends_on=first + 300 * DAY)
    return Turning(actor(Role.SCHOOL_ADMIN, school=school), school, old, new)


def school_of(who: Actor) -> School:
    return who.schools().select_related("district").get()


def teacher_at(school: School) -> Actor:
    return actor(Role.TEACHER, school=school)
