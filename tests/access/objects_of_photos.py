"""Photos on reports by name.

photo         as `incident` in objects_of_cases.py: OWN waits for the psychologists of the school; SAME_SCHOOL is about
              staff, so for the lead alone; ASSIGNED needs a second person, so both; CLOSED is decided; CONFLICT is
              about the own child.
"""

from typing import Any

from caseflow.directory.models import Pupil
from caseflow.incidents.enums import Category
from caseflow.triage.services import decide
from tests.access.cells import ASSIGNED, CLOSED, CONFLICT, OTHER_SCHOOL, OWN, SAME_SCHOOL
from tests.access.objects_of_cases import WORDS
from tests.access.places import Places, Thing, Unit
from tests.incidents.anonymous_factories import drawn_photo
from tests.incidents.factories import harmed, reported


def fill(places: Places) -> None:
    """Make the objects of this module."""
    here, there = places.here, places.there
    places.things["photo"] = {
        OWN: _with_photo(here, here.pupil()),
        ASSIGNED: _with_photo(here, here.pupil(), category=Category.SELF_HARM),
        SAME_SCHOOL: _with_photo(here, here.pupil(), about_staff=True),
        OTHER_SCHOOL: _with_photo(there, there.pupil()),
        CLOSED: _with_photo(here, here.pupil(), decided=True),
        CONFLICT: _with_photo(here, places.child_of_staff()),
    }


def _with_photo(
    unit: Unit, pupil: Pupil, *, category: str = Category.CONFLICT, decided: bool = False, **facts: Any
) -> Thing:
    incident = reported(unit.reporter, harmed(pupil), category=category, words=WORDS, photos=[drawn_photo()], **facts)
    if decided:
        decide(unit.colleague, item_id=incident.triage_item_id, decision="open_case")
    return {"pk": incident.pk, "photo": incident.photos.get().pk}
