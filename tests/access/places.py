"""The world in which every route is asked: two regions with a school each, one person in every role, all invented.

Everybody but the parent and the grown pupil works in the first region. The staff of the first school and the lead
psychologist over it stand for pupils as parents, too, so that the conflict of rule 10b can be asked.
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
IN_CONFLICT = (
    Role.PSYCHOLOGIST,
    Role.LEAD_PSYCHOLOGIST,
    Role.SOCIAL_PEDAGOGUE,
    Role.PRINCIPAL,
    Role.DUTY_PERSON,
    Role.SCHOOL_ADMIN,
    Role.TEACHER,
    Role.CLASS_TEACHER,
)
Thing = dict[str, Any]  # the parameters of one object's addresses
Things = dict[Relation, Any]  # to each relation a Thing, or one for each role


@dataclass(frozen=True, slots=True)
class Unit:
    """A school with two classes, a colleague psychologist and a reporter who are nobody's parents."""

    school: School
    own_class: SchoolClass
    next_class: SchoolClass
    colleague: Actor
    reporter: Actor

    def pupil(self, **facts: Any) -> Pupil:
        """One more pupil of the first class."""
        return PupilFactory.create(school_class=self.own_class, **facts)


@dataclass
class Places:
    """The people and places; `things` is filled by the modules of objects: kind → relation → what is asked for."""

    here: Unit
    there: Unit
    actors: dict[Role, Actor]
    child: Pupil
    grown: Pupil
    former_child: Pupil
    staff_as_parents: list[Guardian]
    things: dict[str, Things] = field(default_factory=dict)

    def __getitem__(self, role: Role) -> Actor:
        return self.actors[role]

    def child_of_staff(self) -> Pupil:
        """One more pupil for whom the staff of the first school and their lead stand."""
        pupil = self.here.pupil()
        for guardian in self.staff_as_parents:
            GuardianshipFactory.create(pupil=pupil, guardian=guardian)
        return pupil

    def relations(self, kind: str) -> tuple[Relation, ...]:
        """The relations a kind of object knows; a route without an object knows NONE."""
        return tuple(self.things[kind]) if kind else (Relation.NONE,)

    def thing(self, kind: str, relation: Relation, role: Role | None) -> Thing:
        """The object, by its parameters; where it depends on the role, that of the role, else anybody's."""
        if not kind:
            return {}
        known = self.things[kind]
        found: dict[Any, Any] = known[relation] if relation in known else known[Relation.OWN]
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
    guardians = [GuardianFactory.create(user=actors[role].user) for role in IN_CONFLICT]
    return Places(here, there, actors, child, grown, former_child, guardians)


def make_lesson(unit: Unit, psychologist: Actor, pupils: list[Pupil], mode: Mode = Mode.ACTIVE) -> Lesson:
    """A lesson of the unit a week ago whose pupils consented long before, its seats confirmed."""
    day = timezone.localdate() - timedelta(days=7)
    slot: LessonSlot = LessonSlotFactory.create(
        school_class=unit.own_class, weekday=day.isoweekday(), starts_at=time(9), ends_at=time(9, 45)
    )
    for pupil in pupils:
        consent(pupil)
    plan = plan_for(slot, pupils)
    set_mode(psychologist.user, unit.school, mode, GROUNDS)
    seats = list(plan.seats.order_by("pk"))
    return Lesson(unit.school, unit.own_class, slot, day, pupils, plan, seats, confirm(slot, day, plan), psychologist)


def _unit() -> Unit:
    school, today = SchoolFactory.create(), timezone.localdate()
    year = SchoolYearFactory.create(
        region=school.district.region, starts_on=today - timedelta(days=300), ends_on=today + timedelta(days=60)
    )
    own, other = (SchoolClassFactory.create(school=school, year=year) for _ in range(2))
    reporter = actor(Role.TEACHER, school=school)
    reporter.user.last_name = REPORTER
    reporter.user.save()
    return Unit(school, own, other, actor(Role.PSYCHOLOGIST, school=school), reporter)


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
