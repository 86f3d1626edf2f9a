"""The turn of the year, moves, substitutions and the people of a school.

turn          OWN is being prepared; OTHER_SCHOOL too, elsewhere; CLOSED is done. class_turn: a class of these.
move          OWN a pupil who leaves; CLOSED was taken in; CONFLICT the own child.
substitution  OWN in force in a class of the school; OTHER_SCHOOL elsewhere; CLOSED has ended.
staff         OWN oneself; SAME_SCHOOL a colleague; CLOSED who works there no more.
"""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership, Pupil, School, SchoolClass, SchoolYear
from caseflow.schoolyear.enums import TurnState
from caseflow.schoolyear.models import ClassTurn, SchoolMove, YearTurn
from caseflow.schoolyear.services.moves import Leaving, record_leaving
from tests.access.cells import CLOSED, CONFLICT, OTHER_SCHOOL, OWN, SAME_SCHOOL
from tests.access.places import Places, Thing, Things, Unit
from tests.directory.factories import MembershipFactory, SchoolYearFactory, actor

DAY = timedelta(days=1)


def fill(places: Places) -> None:
    """Make the objects of this module."""
    here, there = places.here, places.there
    turns = {
        OWN: _turn(here, _coming(here.school)),
        OTHER_SCHOOL: _turn(there, _coming(there.school)),
        CLOSED: _turn(here, here.own_class.year, state=TurnState.APPLIED, applied_at=timezone.now()),
    }
    places.things |= {
        "turn": {relation: {"pk": turn.pk, "pupil": places.child.pk} for relation, turn in turns.items()},
        "class_turn": {relation: {"pk": turn.classes.get().pk} for relation, turn in turns.items()},
        "move": _moves(places),
        "substitution": _substitutions(places),
        "staff": _staff(places),
    }


def _coming(school: School) -> SchoolYear:
    today = timezone.localdate()
    found: SchoolYear = SchoolYearFactory.create(
        region=school.district.region, starts_on=today + 61 * DAY, ends_on=today + 400 * DAY
    )
    return found


def _turn(unit: Unit, year: SchoolYear, **facts: Any) -> YearTurn:
    clerk = actor(Role.SCHOOL_ADMIN, school=unit.school)
    turn = YearTurn.objects.create(
        school=unit.school, year=year, prepared_by=clerk.user, prepared_at=timezone.now(), **facts
    )
    ClassTurn.objects.create(turn=turn, old_class=unit.own_class, grade=8, letter="Б")
    return turn


def _moves(places: Places) -> Things:
    here, there = places.here, places.there
    office = actor(Role.SCHOOL_ADMIN, school=here.school)
    taken = _leaves(office, here.pupil(), there.school)
    SchoolMove.objects.filter(pk=taken["pk"]).update(taken_at=timezone.now(), taken_by=office.user)
    return {
        OWN: _leaves(office, here.pupil(), there.school),
        OTHER_SCHOOL: _leaves(actor(Role.SCHOOL_ADMIN, school=there.school), there.pupil(), here.school),
        CLOSED: taken,
        CONFLICT: _leaves(office, places.child_of_staff(), there.school),
    }


def _leaves(office: Actor, pupil: Pupil, to: School) -> Thing:
    return {"pk": record_leaving(office, pupil.pk, Leaving(timezone.localdate(), to.pk))[0].pk}


def _substitutions(places: Places) -> Things:
    today = timezone.localdate()
    return {
        OWN: _substitution(places.here.next_class, ends_on=today + DAY),
        OTHER_SCHOOL: _substitution(places.there.own_class, ends_on=today + DAY),
        CLOSED: _substitution(places.here.next_class, ends_on=today - DAY),
    }


def _substitution(school_class: SchoolClass, **facts: Any) -> Thing:
    made: Membership = MembershipFactory.create(
        role=Role.CLASS_TEACHER, school_class=school_class, substitute=True, **facts
    )
    return {"pk": made.pk}


def _staff(places: Places) -> Things:
    gone = actor(Role.TEACHER, school=places.here.school)
    Membership.objects.filter(pk=gone.membership.pk).update(ends_on=timezone.localdate() - DAY)
    return {
        OWN: {role: {"pk": places[role].user.pk} for role in Role},
        SAME_SCHOOL: {"pk": actor(Role.TEACHER, school=places.here.school).user.pk},
        OTHER_SCHOOL: {"pk": places.there.reporter.user.pk},
        CLOSED: {"pk": gone.user.pk},
    }
