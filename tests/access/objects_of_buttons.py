"""Fixed buttons, and their drills.

button   OWN and SAME_SCHOOL hang in the school; CLOSED has ended there; OTHER_SCHOOL hangs in another district.
drill    OWN is planned; SAME_SCHOOL is armed; CLOSED is cancelled; OTHER_SCHOOL is planned in another district.
"""

from caseflow.alarms.models import Device
from caseflow.alarms.services import cancel_drill, end_device
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from tests.access.cells import CLOSED, OTHER_SCHOOL, OWN, SAME_SCHOOL
from tests.access.places import Places, Thing, Things
from tests.alarms.buttons import wall_button
from tests.alarms.drills import armed, officer_of, planned
from tests.directory.factories import actor


def fill(places: Places) -> None:
    """Make the objects of this module."""
    school, afar = places.here.school, places.there.school
    own, second, ended, other = (_button(where) for where in (school, school, school, afar))
    end_device(actor(Role.SCHOOL_ADMIN, school=school), ended.pk)
    places.things["button"] = {OWN: _at(own), SAME_SCHOOL: _at(second), CLOSED: _at(ended), OTHER_SCHOOL: _at(other)}
    places.things["drill"] = _drills(school, afar)


def _drills(school: School, afar: School) -> Things:
    officer = officer_of(school)
    cancelled = planned(officer, _button(school))
    cancel_drill(officer, cancelled.pk)
    return {
        OWN: {"pk": planned(officer, _button(school)).pk},
        SAME_SCHOOL: {"pk": armed(officer, _button(school)).pk},
        CLOSED: {"pk": cancelled.pk},
        OTHER_SCHOOL: {"pk": planned(officer_of(afar), _button(afar)).pk},
    }


def _button(school: School) -> Device:
    return wall_button(school).device


def _at(device: Device) -> Thing:
    return {"pk": device.pk}
