"""The world in which every route is asked: two regions with a school each, one person in every role, all invented.

Everybody but the parent and the grown pupil works in the first region, and stands for pupils of the first school as a
parent, too, so that the conflict of rule 10b can be asked.
"""

from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Any

from django.utils import timezone

from analytics.enums import Mode
from analytics.services.switching import set_mode
from caseflow.directory.actors import Actor
from caseflow.directory.enums import AgencyKind, Role
from caseflow.directory.models import Guardian, LessonSlot, Pupil, School, SchoolClass
from tests.access.cells import Relation
from tests.access.impossible import possible
from tests.analytics.factories import GROUNDS, Lesson, confirm, consent, plan_for
from tests.directory.factories import (
    AgencyFactory,
    GuardianFactory,
    GuardianshipFactory,
    LessonSlotFactory,
    PupilFactory,
    SchoolClassFactory,
    SchoolFactory,
    SchoolYearFactory,
    actor,
    parent_of,
)

CHILD, OTHER_CHILD = "Қалауова", "Маркерова"
REPORTER = "Доносова"
OWN_CHILD_OF_STAFF = "Балашева"
PARENTS_ON_THE_STAFF = tuple(role for role in Role if role not in (Role.PARENT, Role.PUPIL))
Thing = dict[str, Any]  # the parameters of one object's addresses
Things = dict[Relation, Any]  # to each relation a Thing, or one for each role


@dataclass(frozen=True, slots=True)
class Unit:
    """A school with two classes of this year and one of a past one, a colleague psychologist and a reporter who are
    nobody's parents."""

    school: School
    own_class: SchoolClass
    next_class: SchoolClass
    past_class: SchoolClass
    colleague: Actor
    reporter: Actor

    def pupil(self, **facts: Any) -> Pupil:
        """One more pupil of the first class."""
        return PupilFactory.create(**{"school_class": self.own_class} | facts)

    def next_pupil(self) -> Pupil:
        """One more pupil of the second class."""
        return self.pupil(school_class=self.next_class)


@dataclass
class Places:
    """The people and places; `things` is filled by the modules of objects: kind → relation → what is asked for.

    `granted_child` is the pupil of the granted case; in `childs_class` the own child of the staff sits alone.
    """

    here: Unit
    there: Unit
    actors: dict[Role, Actor]
    child: Pupil
    grown: Pupil
    former_child: Pupil
    granted_child: Pupil
    childs_class: SchoolClass
    staff_as_parents: list[Guardian]
    things: dict[str, Things] = field(default_factory=dict)

    def __getitem__(self, role: Role) -> Actor:
        return self.actors[role]

    def child_of_staff(self, **facts: Any) -> Pupil:
        """One more pupil for whom everybody who works stands as a parent."""
        pupil = self.here.pupil(**{"last_name": OWN_CHILD_OF_STAFF} | facts)
        for guardian in self.staff_as_parents:
            GuardianshipFactory.create(pupil=pupil, guardian=guardian)
        return pupil

    def relations(self, kind: str) -> tuple[Relation, ...]:
        """The relations an object of the kind can stand in; a route without an object knows NONE."""
        return possible(kind) if kind else (Relation.NONE,)

    def has(self, kind: str, relation: Relation) -> bool:
        """Whether there is something to ask for."""
        return not kind or relation in self.things[kind] or relation is Relation.REVOKED

    def thing(self, kind: str, relation: Relation, role: Role | None) -> Thing:
        """The object, by its parameters; where it depends on the role, that of the role, else anybody's."""
        if not kind:
            return {}
        found: dict[Any, Any] = self.things[kind][Relation.OWN if relation is Relation.REVOKED else relation]
        if any(isinstance(key, Role) for key in found):
            found = found.get(role, next(iter(found.values())))
        return dict(found)


def make_places() -> Places:
    """Two schools far from each other, and everybody."""
    here, there = _unit(), _unit()
    child, grown = here.pupil(last_name=CHILD), here.pupil(birth_date=_years_ago(18))
    former_child = here.pupil(left_on=timezone.localdate() - timedelta(days=40))
    actors = _actors(here, child, grown)
    parent = actors[Role.PARENT].membership.guardian
    long_ago = timezone.localdate() - timedelta(days=30)
    GuardianshipFactory.create(pupil=former_child, guardian=parent, ends_on=long_ago)
    guardians = [GuardianFactory.create(user=actors[role].user) for role in PARENTS_ON_THE_STAFF]
    childs_class = SchoolClassFactory.create(school=here.school, year=here.own_class.year)
    return Places(here, there, actors, child, grown, former_child, here.pupil(), childs_class, guardians)


def make_lesson(school_class: SchoolClass, psychologist: Actor, pupils: list[Pupil]) -> Lesson:
    """A lesson of the class a week ago whose pupils consented long before, its seats confirmed."""
    day, school = timezone.localdate() - timedelta(days=7), school_class.school
    slot: LessonSlot = LessonSlotFactory.create(
        school_class=school_class, weekday=day.isoweekday(), starts_at=time(9), ends_at=time(9, 45)
    )
    for pupil in pupils:
        consent(pupil)
    plan = plan_for(slot, pupils)
    set_mode(psychologist.user, school, Mode.ACTIVE, GROUNDS)
    seats = list(plan.seats.order_by("pk"))
    return Lesson(school, school_class, slot, day, pupils, plan, seats, confirm(slot, day, plan), psychologist)


def _unit() -> Unit:
    school, today = SchoolFactory.create(), timezone.localdate()
    year = SchoolYearFactory.create(
        region=school.district.region, starts_on=today - timedelta(days=300), ends_on=today + timedelta(days=60)
    )
    past_year = SchoolYearFactory.create(
        region=school.district.region, starts_on=today - timedelta(days=700), ends_on=today - timedelta(days=330)
    )
    own, other = (SchoolClassFactory.create(school=school, year=year) for _ in range(2))
    past = SchoolClassFactory.create(school=school, year=past_year)
    reporter = actor(Role.TEACHER, school=school)
    reporter.user.last_name = REPORTER
    reporter.user.save()
    return Unit(school, own, other, past, actor(Role.PSYCHOLOGIST, school=school), reporter)


def _actors(here: Unit, child: Pupil, grown: Pupil) -> dict[Role, Actor]:
    district, region = here.school.district, here.school.district.region
    police = AgencyFactory.create(kind=AgencyKind.POLICE, region=region, district=district)
    units: dict[Role, dict[str, Any]] = {
        Role.LEAD_PSYCHOLOGIST: {"district": district},
        Role.DRILL_OFFICER: {"district": district},
        Role.CLASS_TEACHER: {"school_class": here.own_class},
        Role.PUPIL: {"pupil": grown},
        Role.POLICE_OPERATOR: {"agency": police},
        Role.AGENCY_OFFICER: {"agency": police},
        Role.AGENCY_HEAD: {"agency": police},
        Role.COUNCIL_CHAIR: {"region": region},
        Role.COUNCIL_MEMBER: {"region": region},
        Role.PROSECUTOR: {"region": region},
        Role.ANALYST: {"region": region},
        Role.SYSTEM_ADMIN: {},
        Role.DPO: {},
    }
    everybody = {role: actor(role, **units.get(role, {"school": here.school})) for role in Role if role != Role.PARENT}
    return everybody | {Role.PARENT: parent_of(child)}


def _years_ago(years: int) -> Any:
    return timezone.localdate() - timedelta(days=365 * years + 30)
