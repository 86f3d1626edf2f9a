"""Duty calls and shifts.

duty_call     OWN rings for the person; SAME_SCHOOL rings for a colleague alone; CLOSED rang for the person, and a
              colleague has it; CONFLICT rang for the person before it was kept from them.
duty_shift    OWN on the roster of the person's unit; CLOSED too, and over.
"""

from datetime import timedelta

from django.utils import timezone

from caseflow.clocks.enums import Rung
from caseflow.clocks.models import DutyCall
from caseflow.clocks.selectors.duty import ROSTER_KEEPERS, RUNG_ROLES
from caseflow.clocks.services import answer_call
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from tests.access.cells import CLOSED, CONFLICT, OTHER_SCHOOL, OWN, SAME_SCHOOL
from tests.access.places import Places, Thing, Things, Unit
from tests.clocks.factories import called, on_duty


def fill(places: Places) -> None:
    """Make the objects of this module."""
    places.things["duty_call"] = _calls(places)
    places.things["duty_shift"] = _shifts(places)


def _calls(places: Places) -> Things:
    def ringing(role: Role) -> Thing:
        return {"pk": _rung_for(places.here, places[role]).pk}

    def taken(role: Role) -> Thing:
        call = _rung_for(places.here, places[role], places.here.colleague)
        answer_call(places.here.colleague, call.pk)
        return {"pk": call.pk}

    def kept(role: Role) -> Thing:
        call = _rung_for(places.here, places[role])
        call.kept_from.add(places[role].user)
        return {"pk": call.pk}

    return {
        OWN: {role: ringing(role) for role in RUNG_ROLES},
        SAME_SCHOOL: {"pk": _rung_for(places.here, places.here.colleague).pk},
        OTHER_SCHOOL: {"pk": _rung_for(places.there, places.there.colleague).pk},
        CLOSED: {role: taken(role) for role in RUNG_ROLES},
        CONFLICT: {role: kept(role) for role in RUNG_ROLES},
    }


def _rung_for(unit: Unit, *people: Actor) -> DutyCall:
    """A call that rang for these people: the first step for the school's, a second one for the lead."""
    at_school = [who for who in people if who.membership.school_id]
    shifts = [on_duty(who, school=unit.school) for who in at_school]
    call = called(unit.school, first=Rung.SCHOOL if at_school else Rung.DISTRICT)
    for lead in set(people) - set(at_school) if at_school else ():
        call.told.create(membership=lead.membership, rung=Rung.DISTRICT, number=2, at=timezone.now())
    for shift in shifts:
        shift.delete()
    return call


def _shifts(places: Places) -> Things:
    past = timezone.now() - timedelta(days=3)

    def of_unit(role: Role) -> dict[str, object]:
        if role == Role.LEAD_PSYCHOLOGIST:
            return {"district": places.here.school.district}
        return {"school": places.here.school}

    who = {role: places[role] if role == Role.LEAD_PSYCHOLOGIST else places.here.colleague for role in ROSTER_KEEPERS}
    coming = timezone.now() + timedelta(days=1)
    return {
        OWN: {role: {"pk": on_duty(who[role], coming, **of_unit(role)).pk} for role in ROSTER_KEEPERS},
        OTHER_SCHOOL: {"pk": on_duty(places.there.colleague, coming, school=places.there.school).pk},
        CLOSED: {role: {"pk": on_duty(who[role], past, **of_unit(role)).pk} for role in ROSTER_KEEPERS},
    }
