"""Fixed buttons.

button   OWN and SAME_SCHOOL hang in the school; CLOSED has ended there; OTHER_SCHOOL hangs in another district.
"""

from caseflow.alarms.services import end_device
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from tests.access.cells import CLOSED, OTHER_SCHOOL, OWN, SAME_SCHOOL
from tests.access.places import Places, Thing
from tests.alarms.buttons import wall_button
from tests.directory.factories import actor


def fill(places: Places) -> None:
    """Make the objects of this module."""
    school = places.here.school
    ended = wall_button(school).device
    end_device(actor(Role.SCHOOL_ADMIN, school=school), ended.pk)
    places.things["button"] = {
        OWN: _button(school),
        SAME_SCHOOL: _button(school),
        CLOSED: {"pk": ended.pk},
        OTHER_SCHOOL: _button(places.there.school),
    }


def _button(school: School) -> Thing:
    return {"pk": wall_button(school).device.pk}
