"""Files of the cases in objects_of_cases.py.

attached      as `case` there: a picture that the whole team may see. CLOSED is a case of its own, closed afterwards.
"""

from typing import Any

from guardian.shortcuts import assign_perm

from caseflow.attachments.services import Sent
from caseflow.cases.enums import Visibility
from caseflow.cases.models import Case
from caseflow.cases.services import close_case
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from tests.access.cells import ASSIGNED, CLOSED, CONFLICT, OTHER_SCHOOL, OWN, SAME_SCHOOL
from tests.access.objects_of_cases import REASON
from tests.access.places import Places, Thing
from tests.attachments.factories import attached
from tests.cases.factories import case_of
from tests.lockdown.files import made

FILE_NAME = "Рисунок о сокровенном"


def fill(places: Places) -> None:
    """Make the objects of this module."""
    here, mine = places.here, places[Role.PSYCHOLOGIST]
    working = {
        OWN: mine,
        ASSIGNED: here.colleague,
        SAME_SCHOOL: here.colleague,
        OTHER_SCHOOL: places.there.colleague,
        CONFLICT: here.colleague,
    }
    cases = places.things["case"]
    found: dict[Any, Thing] = {
        relation: _attached(who, Case.objects.get(pk=cases[relation]["pk"])) for relation, who in working.items()
    }
    places.things["attached"] = found | {CLOSED: _closed(places, mine)}


def _attached(who: Actor, case: Case) -> Thing:
    sent = Sent(f"{FILE_NAME}.png", made.picture("PNG", (64, 48)))
    return {"pk": attached(who, case, sent, visibility=Visibility.TEAM).pk, "number": 1}


def _closed(places: Places, who: Actor) -> Thing:
    case = case_of(who, places.here.pupil(), reason=REASON)
    thing = _attached(who, case)
    close_case(who, case.pk, reason=REASON)
    for role in Role:
        assign_perm("cases.work_on_case", places[role].user, case)
    return thing
