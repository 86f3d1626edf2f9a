import hmac
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from caseflow.audit.models import AuditEntry, Checkpoint
from caseflow.audit.names import actions_like
from caseflow.audit.rules import first_break, sign_checkpoint


def content_of(entry: AuditEntry) -> dict[str, Any]:
    """What the chain covers: everything but the seal itself."""
    return {
        "id": entry.pk,
        "at": entry.at.isoformat(),
        "actor": entry.actor_id,
        "role": entry.role,
        "action": entry.action,
        "obj": entry.obj,
        "pupil": str(entry.pupil_id or ""),
        "detail": entry.detail,
    }


def entries() -> QuerySet[AuditEntry]:
    """All entries, newest first; who may ask is the caller's business."""
    return AuditEntry.objects.select_related("actor").order_by("-id")


def chain_break() -> str | None:
    """Where the chain does not hold ("entry 17", "checkpoint 40"), or None when it holds up to the last checkpoint."""
    sealed = AuditEntry.objects.filter(sequence__isnull=False).order_by("sequence")
    broken = first_break((e.sequence or 0, e.digest, content_of(e)) for e in sealed.iterator())
    if broken is not None:
        return f"entry {broken}"
    for point in Checkpoint.objects.order_by("sequence"):
        genuine = hmac.compare_digest(
            point.signature, sign_checkpoint(settings.AUDIT_KEY, point.sequence, point.digest)
        )
        if not genuine or not sealed.filter(sequence=point.sequence, digest=point.digest).exists():
            return f"checkpoint {point.sequence}"
    return None


def find_entries(query: str) -> QuerySet[AuditEntry]:
    """Entries by the actor's login or family name, the act as it reads or its code, or the object, newest first."""
    found = entries()
    if query:
        by_actor = Q(actor__username__istartswith=query) | Q(actor__last_name__istartswith=query)
        by_act = Q(action__istartswith=query) | Q(action__in=actions_like(query))
        found = found.filter(by_actor | by_act | Q(obj__istartswith=query))
    return found


@dataclass(frozen=True, slots=True)
class ChainState:
    """`broken_at` is what `chain_break` says; `checkpoint` the newest signed end."""

    broken_at: str | None
    checkpoint: Checkpoint | None


def chain_state() -> ChainState:
    """Whether the chain holds, and up to where it is signed."""
    return ChainState(chain_break(), last_checkpoint())


def last_checkpoint() -> Checkpoint | None:
    """The newest signed end of the chain."""
    return Checkpoint.objects.order_by("-sequence").first()
