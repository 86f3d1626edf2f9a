"""What a page says after an act that can be taken back: that it is done, with the way back beside it."""

from datetime import datetime

from django.contrib import messages

from caseflow.directory.actors import ActorRequest
from caseflow.undo.services import offer


def say_with_undo(request: ActorRequest, text: str, kind: str, object_id: object, **facts: str) -> None:
    """Say on the next page that it is done, and offer to undo it."""
    messages.success(request, text, extra_tags=offer(request.actor, kind, object_id, **facts))


def moment_of(at: datetime | None) -> str:
    """A moment as a fact of an offer; "" where there is none, which no way back accepts."""
    return at.isoformat() if at else ""
