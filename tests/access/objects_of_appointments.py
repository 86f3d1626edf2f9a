"""Appointments, and the secret address of a calendar.

appointment   OWN is the psychologist's, over and unanswered; ASSIGNED a colleague's in the case that was granted to the
              lead; SAME_SCHOOL a colleague's without a case; CLOSED an own one in the granted case that was held;
              CONFLICT a colleague's with the own child of all who work.
feed          OWN and OTHER_SCHOOL are in force; CLOSED has ended.
"""

from caseflow.appointments.models import Appointment
from caseflow.appointments.services import record_held
from caseflow.appointments.services.feeding import make_feed
from caseflow.directory.enums import Role
from tests.access.cells import ASSIGNED, CLOSED, CONFLICT, OTHER_SCHOOL, OWN, SAME_SCHOOL
from tests.access.places import Places, Thing, Things
from tests.appointments.factories import at, planned

PURPOSE = "Не хочет идти домой, встреча наедине"


def fill(places: Places) -> None:
    """Make the objects of this module."""
    places.things["appointment"] = _appointments(places)
    ended = make_feed(places.here.colleague)
    places.things["feed"] = {
        OWN: {"token": make_feed(places.here.colleague)},
        OTHER_SCHOOL: {"token": make_feed(places.there.colleague)},
        CLOSED: {"token": ended},
    }


def _appointments(places: Places) -> Things:
    here, there, mine = places.here, places.there, places[Role.PSYCHOLOGIST]
    granted = places.things["case"][ASSIGNED]["pk"]
    made = {
        OWN: planned(mine, at(-1, 9), places.child, case=places.things["case"][OWN]["pk"], purpose=PURPOSE),
        ASSIGNED: planned(here.colleague, at(-1, 9), places.granted_child, case=granted, purpose=PURPOSE),
        SAME_SCHOOL: planned(here.colleague, at(-1, 11), here.pupil(), purpose=PURPOSE),
        OTHER_SCHOOL: planned(there.colleague, at(-1, 9), there.pupil(), purpose=PURPOSE),
        CLOSED: planned(mine, at(-1, 14), case=granted, purpose=PURPOSE),
        CONFLICT: planned(here.colleague, at(-1, 13), places.child_of_staff(), purpose=PURPOSE),
    }
    record_held(mine, made[CLOSED].pk)
    return {relation: _thing(appointment) for relation, appointment in made.items()}


def _thing(appointment: Appointment) -> Thing:
    return {"pk": appointment.pk, "case": appointment.case_id or appointment.pk}
