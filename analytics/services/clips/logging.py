"""What is done with a clip stands in its viewer log and in the access log, in the transaction of the act (rule 24)."""

from django.utils import timezone

from analytics.enums import ClipAct
from analytics.models.sealed import SealedClip
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


def log_clip(clip: SealedClip, act: ClipAct, actor: Actor | None, reason: str = "") -> None:
    """Write both logs. Without an actor the product did it by itself."""
    event = clip.new_entry()
    event.act, event.at = act, timezone.now()
    if actor is not None:
        event.by, event.by_role = actor.user, actor.role
    place = where(event._meta.label, event.pk, "reason")
    event.reason_sealed = seal(clip.log_key, reason, place)
    event.save()
    record(
        action=f"clip.{act}",
        actor_id=actor.user.pk if actor else None,
        role=actor.role if actor else "",
        obj=clip.audit_name,
        pupil_id=clip.pupil_id,
        detail=clip.audit_detail,
    )
