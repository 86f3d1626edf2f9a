"""A clip goes to the police centre because a human sends it (rule 17)."""

from uuid import UUID

from django.db import transaction

from analytics.enums import ClipAct, ClipState
from analytics.models import Disturbance
from analytics.rules.disturbances import KIND, DisturbanceRefusedError
from analytics.selectors.disturbances import scoped_disturbances
from analytics.services.clips.logging import log_clip
from caseflow.alarms.services import BadAlarmError, send_notice
from caseflow.directory.actors import Actor
from caseflow.incidents.rules import DECIDERS


@transaction.atomic
def send_to_centre(actor: Actor, pk: UUID, *, confirmed: bool) -> Disturbance:
    """Show the clip to the operators of the school's police centre, as an item of their console.

    Raises Disturbance.DoesNotExist outside the actor's scope, DisturbanceRefusedError (not_confirmed, not_reported,
    sent, no_centre).
    """
    if actor.role not in DECIDERS:
        raise Disturbance.DoesNotExist
    reached = scoped_disturbances(actor).get(pk=pk, state=ClipState.READY)
    Disturbance.objects.select_for_update(of=("self",)).only("pk").get(pk=reached.pk)  # of two the first sends it
    found = scoped_disturbances(actor).get(pk=pk)
    if not confirmed:
        raise DisturbanceRefusedError("not_confirmed")
    if found.incident_id is None:
        raise DisturbanceRefusedError("not_reported")
    if found.notice_id is not None:
        raise DisturbanceRefusedError("sent")
    try:
        notice = send_notice(actor, found.school, found.camera.room, kind=KIND, ref=found.pk, at=found.at)
    except BadAlarmError as error:
        raise DisturbanceRefusedError("no_centre") from error
    Disturbance.objects.filter(pk=pk).update(notice=notice)
    log_clip(found, ClipAct.SENT, actor)
    return scoped_disturbances(actor).get(pk=pk)
