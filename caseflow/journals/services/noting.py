"""How the acts of this room are written into the access log."""

from typing import Any
from uuid import UUID

from caseflow.audit.services import record
from caseflow.directory.actors import Actor


def log(actor: Actor, action: str, obj: str, *, pupil_id: UUID | None = None, **detail: Any) -> None:
    """Write the entry in the caller's transaction; `detail` never holds a person's words."""
    record(action=action, actor_id=actor.user.pk, role=actor.role, obj=obj, pupil_id=pupil_id, detail=detail)
