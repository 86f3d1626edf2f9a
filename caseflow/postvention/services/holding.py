"""How a change takes hold of an event: scoped, locked, and with an audit entry in the same transaction."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.postvention.models import LossEvent
from caseflow.postvention.rules import LossRefused
from caseflow.postvention.selectors.scope import AROUND, counselled_losses, scoped_losses


def hold_event(actor: Actor, event_id: UUID) -> LossEvent:
    """The open event, locked. Raises LossEvent.DoesNotExist outside the actor's scope, LossRefused for a closed one."""
    scoped_losses(actor).get(pk=event_id)
    event = _locked(event_id)
    if not event.is_open:
        raise LossRefused(gettext("This event is closed. It is kept as it is."))
    return event


def hold_counselled(actor: Actor, event_id: UUID) -> LossEvent:
    """As `hold_event`, for those alone who see whom the loss touches."""
    counselled_losses(actor).get(pk=event_id)
    return hold_event(actor, event_id)


def hold_even_closed(actor: Actor, event_id: UUID) -> LossEvent:
    """As `hold_counselled`, open or closed: a mistake is put right whenever it is seen."""
    counselled_losses(actor).get(pk=event_id)
    return _locked(event_id)


def _locked(event_id: UUID) -> LossEvent:
    return LossEvent.objects.select_for_update(of=("self",)).select_related(*AROUND).get(pk=event_id)


def log(actor: Actor, action: str, event: LossEvent, *, pupil_id: UUID | None = None, **detail: Any) -> None:
    """Write the audit entry of an act; `detail` never holds a person's words."""
    record(
        action=action,
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"postvention.LossEvent/{event.pk}",
        pupil_id=pupil_id or event.pupil_id,
        detail=detail,
    )


def said(words: str) -> str:
    """The words without blanks around them. Raises LossRefused for none."""
    if not words.strip():
        raise LossRefused(gettext("Say why."))
    return words.strip()
