from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from caseflow.audit.models import AuditEntry, Checkpoint
from caseflow.audit.rules import GENESIS, chain_digest, sign_checkpoint
from caseflow.audit.selectors import content_of

CHECKPOINT_EVERY = timedelta(minutes=1)  # rule 24
BATCH = 500


def record(
    *,
    action: str,
    actor_id: int | None,
    role: str,
    obj: str,
    pupil_id: UUID | None = None,
    detail: dict[str, Any] | None = None,
) -> AuditEntry:
    """Write an entry in the caller's transaction: the act and its entry stand or fall together."""
    return AuditEntry.objects.create(
        at=timezone.now(),
        actor_id=actor_id,
        role=role,
        action=action,
        obj=obj,
        pupil_id=pupil_id,
        detail=detail or {},
    )


def record_events(*, action: str, events: Iterable[tuple[str, dict[str, Any]]]) -> None:
    """Write an entry, as `record` does it, for each `(object, detail)` that nobody signed in has done; 1 query."""
    now = timezone.now()
    AuditEntry.objects.bulk_create(AuditEntry(at=now, action=action, obj=obj, detail=detail) for obj, detail in events)


def record_denied(*, actor_id: int | None, role: str, obj: str, detail: dict[str, Any] | None = None) -> None:
    """Write a refusal in a transaction of its own, so that it stays when the refused act is rolled back."""
    with transaction.atomic(durable=False):
        record(action="denied", actor_id=actor_id, role=role, obj=obj, detail=detail)


def seal_pending() -> int:
    """Chain the entries that are not chained yet and, each minute, sign the chain's end. Returns how many.

    Only one sealer works at a time: the last link is locked (SQLite serialises writers by itself).
    """
    with transaction.atomic():
        last = AuditEntry.objects.select_for_update().filter(sequence__isnull=False).order_by("-sequence").first()
        sequence, digest = (last.sequence or 0, last.digest) if last else (0, GENESIS)
        pending = list(AuditEntry.objects.select_for_update().filter(sequence=None).order_by("id")[:BATCH])
        for entry in pending:
            sequence += 1
            digest = chain_digest(digest, content_of(entry))
            entry.sequence, entry.digest = sequence, digest
        AuditEntry.objects.bulk_update(pending, ["sequence", "digest"])
        _sign_when_due(sequence, digest)
    return len(pending)


def _sign_when_due(sequence: int, digest: str) -> None:
    now = timezone.now()
    latest = Checkpoint.objects.order_by("-sequence").first()
    if sequence == 0 or (latest and (latest.sequence == sequence or now - latest.at < CHECKPOINT_EVERY)):
        return
    signature = sign_checkpoint(settings.AUDIT_KEY, sequence, digest)
    Checkpoint.objects.create(at=now, sequence=sequence, digest=digest, signature=signature)
