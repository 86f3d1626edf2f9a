"""Reports on which bullying is confirmed.

bullying      as `incident` in objects_of_cases.py: OWN waits for the psychologists of the school; SAME_SCHOOL is about
              staff, so for the lead alone; ASSIGNED came from somebody in danger, so for both; CLOSED is decided;
              CONFLICT is about the own child. On the closed `incident` it is confirmed, too.
"""

from typing import Any
from uuid import UUID

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil
from caseflow.incidents.enums import Category
from caseflow.incidents.models import Bullying
from caseflow.incidents.services import confirm_bullying
from caseflow.triage.services import decide
from tests.access.cells import ASSIGNED, CLOSED, CONFLICT, OTHER_SCHOOL, OWN, SAME_SCHOOL
from tests.access.objects_of_cases import WORDS
from tests.access.places import Places, Thing, Unit
from tests.directory.factories import PupilFactory
from tests.incidents.factories import accused, harmed, reported

BASIS_OF_FINDING = "Основание вывода: записано со слов троих"


def fill(places: Places) -> None:
    """Make the objects of this module."""
    here, there, lead = places.here, places.there, places[Role.LEAD_PSYCHOLOGIST]
    closed = places.things["incident"][CLOSED]
    _confirm(here.colleague, closed["pk"], closed["party"], closed["harmed"])
    places.things["bullying"] = {
        OWN: _found(here.colleague, here, here.pupil()),
        ASSIGNED: _found(here.colleague, here, here.pupil(), category=Category.SELF_HARM),
        SAME_SCHOOL: _found(lead, here, here.pupil(), about_staff=True),
        OTHER_SCHOOL: _found(there.colleague, there, there.pupil()),
        CLOSED: _found(here.colleague, here, here.pupil(), decided=True),
        CONFLICT: _found(here.colleague, here, places.child_of_staff()),
    }


def _found(
    who: Actor, unit: Unit, pupil: Pupil, *, category: str = Category.BULLYING, decided: bool = False, **facts: Any
) -> Thing:
    other = PupilFactory.create(school_class=unit.next_class)
    incident = reported(unit.reporter, harmed(pupil), accused(other), category=category, words=WORDS, **facts)
    said, hurt = (incident.parties.get(role=role).pk for role in ("said_to_have_harmed", "harmed"))
    finding = _confirm(who, incident.pk, said, hurt)
    if decided:
        decide(who, item_id=incident.triage_item_id, decision="open_case")
    return {"pk": incident.pk, "finding": finding.pk, "party": said, "hurt": pupil.pk}


def _confirm(who: Actor, incident: UUID, said: UUID, harmed: UUID) -> Bullying:
    return confirm_bullying(who, incident, said_id=said, harmed_id=harmed, override=BASIS_OF_FINDING)
