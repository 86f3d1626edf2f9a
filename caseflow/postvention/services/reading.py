"""What is read of a loss is logged, as every sensitive reading is."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.postvention.models import LossEvent
from caseflow.postvention.paper import message_pdf
from caseflow.postvention.rules import LossRefused
from caseflow.postvention.selectors.affected import AffectedPage, affected_page
from caseflow.postvention.selectors.events import LossLine, LossPage, loss_lines, loss_page
from caseflow.postvention.selectors.messages import MessageView, Offer, message_of, messages_page
from caseflow.postvention.services.holding import log


@transaction.atomic
def open_losses(actor: Actor) -> list[LossLine]:
    """The events in reach; reading their names is logged."""
    lines = loss_lines(actor)
    if lines:
        record(action="loss_list_read", actor_id=actor.user.pk, role=actor.role, obj="postvention.LossEvent")
    return lines


@transaction.atomic
def open_loss(actor: Actor, event_id: UUID) -> LossPage:
    """The event's page. Raises LossEvent.DoesNotExist outside the actor's scope."""
    page = loss_page(actor, event_id)
    log(actor, "loss_read", page.event)
    return page


@transaction.atomic
def open_affected(actor: Actor, event_id: UUID) -> AffectedPage:
    """Whom the loss touches. Raises LossEvent.DoesNotExist for whoever does not counsel there."""
    page = affected_page(actor, event_id)
    log(actor, "affected_read", page.event, listed=page.progress.listed)
    return page


@transaction.atomic
def open_messages(actor: Actor, event_id: UUID) -> tuple[LossEvent, list[Offer]]:
    """The messages of the event, without their text. Raises LossEvent.DoesNotExist."""
    event, offers = messages_page(actor, event_id)
    log(actor, "loss_read", event, part="messages")
    return event, offers


@transaction.atomic
def open_message(actor: Actor, message_id: UUID) -> MessageView:
    """A message. Raises LossMessage.DoesNotExist outside the actor's scope."""
    view = message_of(actor, message_id)
    log(actor, "loss_message_read", view.row.event, message=str(message_id))
    return view


@transaction.atomic
def print_message(actor: Actor, message_id: UUID) -> bytes:
    """A message that somebody has approved, on paper. Raises LossMessage.DoesNotExist, LossRefused (not approved)."""
    view = message_of(actor, message_id)
    if view.row.ready_at is None:
        raise LossRefused(gettext("Approve the message first."))
    log(actor, "loss_message_printed", view.row.event, message=str(message_id))
    return message_pdf(view)
