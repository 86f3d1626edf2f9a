"""Reports without a name and the addresses they come by.

address       OWN of the school; OTHER_SCHOOL of another; CLOSED was renewed.
anonymous     as `incident` in objects_of_cases.py: OWN waits for the psychologists of the school; SAME_SCHOOL is about
              staff, so for the lead alone; ASSIGNED is of danger, so for both; CLOSED is decided; CONFLICT is about the
              own child. Each with a picture.
"""

from typing import Any

from caseflow.directory.enums import Role
from caseflow.incidents.enums import PartyRole
from caseflow.incidents.models import Incident, Party, SchoolLink
from caseflow.incidents.selectors.talk import talk_of
from caseflow.triage.services import decide
from tests.access.cells import ASSIGNED, CLOSED, CONFLICT, OTHER_SCHOOL, OWN, SAME_SCHOOL
from tests.access.objects_of_cases import WORDS
from tests.access.places import Places, Thing
from tests.incidents.anonymous_factories import drawn_photo, link_for, taken


def fill(places: Places) -> None:
    """Make the objects of this module."""
    ended = link_for(places.here.school, places[Role.SCHOOL_ADMIN])
    here, there = link_for(places.here.school, places[Role.SCHOOL_ADMIN]), link_for(places.there.school)
    links = {OWN: here, OTHER_SCHOOL: there, CLOSED: ended}
    places.things["address"] = {relation: {"token": link.token} for relation, link in links.items()}
    incidents = {
        OWN: _sent(here),
        ASSIGNED: _sent(here, danger=True),
        SAME_SCHOOL: _sent(here, about_staff=True),
        OTHER_SCHOOL: _sent(there),
        CLOSED: _sent(here),
        CONFLICT: _sent(here),
    }
    Party.objects.create(incident=incidents[CONFLICT], pupil=places.child_of_staff(), role=PartyRole.HARMED)
    decide(
        places.here.colleague,
        item_id=incidents[CLOSED].triage_item_id,
        decision="dismiss",
        reason_code="not_confirmed",
        reason="Старая ссора",
    )
    places.things["anonymous"] = {relation: _thing(incident) for relation, incident in incidents.items()}


def _sent(link: SchoolLink, **facts: Any) -> Incident:
    return taken(link, words=WORDS, pictures=[drawn_photo()], **facts).incident


def _thing(incident: Incident) -> Thing:
    return {"pk": incident.pk, "picture": talk_of(incident).pictures[0]}
