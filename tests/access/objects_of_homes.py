"""Reports with a safe contact and a protective order.

home          as `incident` in objects_of_cases.py: OWN waits for the psychologists of the school; SAME_SCHOOL is about
              staff, so for the lead alone; ASSIGNED needs a second person, so both; CLOSED is decided; CONFLICT is
              about the own child.
"""

from typing import Any

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil
from caseflow.incidents.enums import Category
from caseflow.incidents.services.home import add_contact
from caseflow.triage.services import decide
from tests.access.cells import ASSIGNED, CLOSED, CONFLICT, OTHER_SCHOOL, OWN, SAME_SCHOOL
from tests.access.objects_of_cases import WORDS
from tests.access.places import Places, Thing, Unit
from tests.incidents.factories import harmed, reported
from tests.incidents.home_factories import order_on

SAFE_CONTACT, ORDER_NUMBER = "Безопасова Сәуле", "ЗП-7781/26"


def fill(places: Places) -> None:
    """Make the objects of this module. That of OWN is the child's whose parent the world knows."""
    here, there, lead = places.here, places.there, places[Role.LEAD_PSYCHOLOGIST]
    places.things["home"] = {
        OWN: _kept_safe(here.colleague, here, places.child),
        ASSIGNED: _kept_safe(here.colleague, here, here.pupil(), category=Category.SELF_HARM),
        SAME_SCHOOL: _kept_safe(lead, here, here.pupil(), about_staff=True),
        OTHER_SCHOOL: _kept_safe(there.colleague, there, there.pupil()),
        CLOSED: _kept_safe(here.colleague, here, here.pupil(), decided=True),
        CONFLICT: _kept_safe(here.colleague, here, places.child_of_staff()),
    }


def _kept_safe(
    who: Actor,
    unit: Unit,
    pupil: Pupil,
    *,
    category: str = Category.DOMESTIC_VIOLENCE,
    decided: bool = False,
    **facts: Any,
) -> Thing:
    incident = reported(unit.reporter, harmed(pupil), category=category, words=WORDS, **facts)
    contact = add_contact(who, incident.pk, name=SAFE_CONTACT, relation="тётя", phone="8 701 000 00 01")
    order = order_on(incident, who, number=ORDER_NUMBER)
    if decided:
        decide(who, item_id=incident.triage_item_id, decision="open_case")
    return {"pk": incident.pk, "contact": contact.pk, "order": order.pk}
