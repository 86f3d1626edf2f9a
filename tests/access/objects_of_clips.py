"""Clips of incidents, and videos on their way to become one.

clip          of a report as `incident` in objects_of_cases.py: OWN waits for the psychologists of the school;
              SAME_SCHOOL is about staff, so for the lead alone; ASSIGNED needs a second person, so both; CLOSED is
              decided, so that nobody opens its clip; CONFLICT is about the own child. `given` is the asking one's pass.
clip_report   the reports of these, with a video of whoever asks that is all there; CLOSED takes no further clip.
"""

from typing import Any

from django.core import signing

from analytics.models import IncidentClip
from analytics.services.clips.looking import SALT
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.incidents.enums import Category
from caseflow.incidents.models import Incident
from caseflow.triage.services import decide
from tests.access.cells import ASSIGNED, CLOSED, CONFLICT, OTHER_SCHOOL, OWN, SAME_SCHOOL, Relation
from tests.access.objects_of_cases import WORDS
from tests.access.places import Places, Thing
from tests.analytics.clip_factories import REASON, clip_upload, ready_clip
from tests.incidents.factories import harmed, reported


def fill(places: Places) -> None:
    """Make the objects of this module."""
    incidents = _incidents(places)
    hands = {OTHER_SCHOOL: places.there.colleague, SAME_SCHOOL: places[Role.LEAD_PSYCHOLOGIST]}
    clips = {relation: ready_clip(_hand(places, hands, relation), found) for relation, found in incidents.items()}
    decide(
        places.here.colleague,
        item_id=incidents[CLOSED].triage_item_id,
        decision="dismiss",
        reason_code="not_confirmed",
        reason=REASON,
    )
    places.things["clip"] = {
        relation: {role: _clip(clip, places[role]) for role in Role} for relation, clip in clips.items()
    }
    places.things["clip_report"] = {
        relation: {role: _report(found, places[role]) for role in Role} for relation, found in incidents.items()
    }


def _hand(places: Places, hands: dict[Relation, Actor], relation: Relation) -> Actor:
    return hands.get(relation, places.here.colleague)


def _incidents(places: Places) -> dict[Relation, Incident]:
    here, there = places.here, places.there

    def told(pupil: Any, **facts: Any) -> Incident:
        return reported(here.reporter, harmed(pupil), **{"category": Category.CONFLICT, "words": WORDS} | facts)

    return {
        OWN: told(here.pupil()),
        ASSIGNED: told(here.pupil(), category=Category.SELF_HARM),
        SAME_SCHOOL: told(here.pupil(), about_staff=True),
        OTHER_SCHOOL: reported(there.reporter, harmed(there.pupil()), category=Category.CONFLICT, words=WORDS),
        CLOSED: told(here.pupil()),
        CONFLICT: told(places.child_of_staff()),
    }


def _clip(clip: IncidentClip, who: Actor) -> Thing:
    return {"pk": clip.pk, "given": signing.dumps([str(clip.pk), who.user.pk, who.role], salt=SALT)}


def _report(incident: Incident, who: Actor) -> Thing:
    return {"pk": incident.pk, "upload": clip_upload(who, incident).pk}
