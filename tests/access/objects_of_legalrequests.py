"""Legal requests.

legal_request   waits for the second person: OWN was made by the prosecutor who asks; SAME_SCHOOL by another one of the
                region; OTHER_SCHOOL is of the other one; CLOSED was refused; CONFLICT is about the child of the staff.
legal_wish      OWN is just recorded, and OTHER_SCHOOL in the other region.
legal_copy      OWN was given to the prosecutor who asks, SAME_SCHOOL to another one, OTHER_SCHOOL in the other region.
"""

from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil, Region
from caseflow.legalrequests.models import LegalRequest
from caseflow.legalrequests.services import refuse
from tests.access.cells import CLOSED, CONFLICT, OTHER_SCHOOL, OWN, SAME_SCHOOL
from tests.access.places import Places, Thing, Unit
from tests.cases.factories import case_of
from tests.directory.factories import actor
from tests.legalrequests.factories import Scene, asked, prepared, released


def fill(places: Places) -> None:
    """Make the objects of this module."""
    own = _scene(places, places.here, places.here.pupil())
    mate = _scene(places, places.here, places.here.pupil(), own=False)
    there = _scene(places, places.there, places.there.pupil(), own=False)
    child = _scene(places, places.here, places.child_of_staff(), own=False)
    closed = prepared(own, asked(own))
    refuse(actor(Role.DPO), closed.pk, "Основание не названо")
    waiting = {OWN: own, SAME_SCHOOL: mate, OTHER_SCHOOL: there, CONFLICT: child}
    places.things["legal_request"] = {
        **{relation: _thing(prepared(at, asked(at))) for relation, at in waiting.items()},
        CLOSED: _thing(closed),
    }
    places.things["legal_wish"] = {OWN: _thing(asked(own)), OTHER_SCHOOL: _thing(asked(there))}
    given = {OWN: own, SAME_SCHOOL: mate, OTHER_SCHOOL: there}
    places.things["legal_copy"] = {relation: _thing(released(at)) for relation, at in given.items()}


def _scene(places: Places, unit: Unit, pupil: Pupil, *, own: bool = True) -> Scene:
    region: Region = unit.school.district.region
    prosecutor = places[Role.PROSECUTOR] if own else actor(Role.PROSECUTOR, region=region)
    lead, officer = actor(Role.LEAD_PSYCHOLOGIST, region=region), actor(Role.DPO)
    return Scene(region, case_of(unit.colleague, pupil), prosecutor, lead, officer, unit.colleague)


def _thing(request: LegalRequest) -> Thing:
    return {"pk": request.pk, "seen": request.sha256}
