"""Clips of unusual motion, and what a school sent to a police centre.

disturbance  OWN was called a fight and sent to the operator's centre; SAME_SCHOOL was found in shadow, so it is for the
             lead alone; OTHER_SCHOOL was sent to the centre there; CLOSED was called ordinary and its clip has ended.
             `given` is the asking one's pass.
notice       OWN that of the first; CLOSED one of that centre that is closed; OTHER_SCHOOL that of the school afar.
"""

from datetime import timedelta

from django.core import signing
from django.utils import timezone

from analytics.enums import Mode
from analytics.models import Disturbance
from analytics.services.clips.looking import SALT
from analytics.services.disturbances import answer_disturbance, end_disturbances, send_to_centre
from caseflow.alarms.models import Notice
from caseflow.alarms.services import close_notice
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from tests.access.cells import CLOSED, OTHER_SCHOOL, OWN, SAME_SCHOOL, Relation
from tests.access.places import Places, Thing, Unit
from tests.analytics.disturbance_factories import corridor_camera, disturbance, looked_at


def fill(places: Places) -> None:
    """Make the objects of this module."""
    here = places.here
    found = {OWN: _sent(here), OTHER_SCHOOL: _sent(places.there), CLOSED: _ended(here), SAME_SCHOOL: _in_shadow(here)}
    places.things["disturbance"] = {
        relation: {role: _thing(each, places[role]) for role in Role} for relation, each in found.items()
    }
    over = _notice(_sent(here))
    close_notice(places[Role.POLICE_OPERATOR], over.pk, "fight")
    afar = _notice(found[OTHER_SCHOOL])
    notices: dict[Relation, Notice] = {OWN: _notice(found[OWN]), OTHER_SCHOOL: afar, CLOSED: over}
    places.things["notice"] = {relation: {"pk": notice.pk} for relation, notice in notices.items()}


def _sent(unit: Unit) -> Disturbance:
    found = looked_at(unit.colleague, disturbance(corridor_camera(unit.school)))
    answer_disturbance(unit.colleague, found.pk, "fight")
    return send_to_centre(unit.colleague, found.pk, confirmed=True)


def _ended(unit: Unit) -> Disturbance:
    found = looked_at(unit.colleague, disturbance(corridor_camera(unit.school)))
    answer_disturbance(unit.colleague, found.pk, "ordinary")
    Disturbance.objects.filter(pk=found.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    end_disturbances()
    return found


def _in_shadow(unit: Unit) -> Disturbance:
    return disturbance(corridor_camera(unit.school, mode=Mode.SHADOW))


def _notice(found: Disturbance) -> Notice:
    return Notice.objects.get(ref=found.pk)


def _thing(found: Disturbance, who: Actor) -> Thing:
    return {"pk": found.pk, "given": signing.dumps([str(found.pk), who.user.pk, who.role], salt=SALT)}
