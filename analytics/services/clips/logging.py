"""What is done with a clip stands in its viewer log and in the access log, in the transaction of the act (rule 24)."""

from django.utils import timezone

from analytics.enums import ClipAct
from analytics.models import ClipEvent, IncidentClip
from analytics.rules.clips import SHORTEST_REASON, ClipRefusedError
from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.records.vault import seal, where


def required_reason(text: str) -> str:
    """The reason without spaces around it. Raises ClipRefusedError("short_reason")."""
    reason = text.strip()
    if len(reason) < SHORTEST_REASON:
        raise ClipRefusedError("short_reason")
    return reason


def log_clip(clip: IncidentClip, act: ClipAct, actor: Actor | None, reason: str = "") -> None:
    """Write both logs. Without an actor the product did it by itself."""
    event = ClipEvent(clip=clip, act=act, at=timezone.now())
    if actor is not None:
        event.by, event.by_role = actor.user, actor.role
    place = where("analytics.ClipEvent", event.pk, "reason")
    event.reason_sealed = seal(clip.incident.data_key, reason, place)
    event.save()
    record(
        action=f"clip.{act}",
        actor_id=actor.user.pk if actor else None,
        role=actor.role if actor else "",
        obj=f"clip:{clip.pk}",
        pupil_id=clip.incident.triage_item.pupil_id,
        detail={"incident": str(clip.incident_id), "number": clip.number},
    )
