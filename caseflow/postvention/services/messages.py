"""Messages of one event: begun from an approved template, written in own words, read and approved by a person.

Nothing is sent from here: a message is copied or printed by whoever says it.
"""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.directory.actors import Actor
from caseflow.postvention.models import LossEvent, LossMessage
from caseflow.postvention.rules import LONGEST_TEXT, LossRefused, filled
from caseflow.postvention.selectors.events import name_of
from caseflow.postvention.selectors.messages import MESSAGE, MessageView, known_of, message_of, offers_of
from caseflow.postvention.selectors.scope import scoped_messages
from caseflow.postvention.services.holding import hold_event, log
from caseflow.records.vault import seal, where


@transaction.atomic
def begin_message(actor: Actor, event_id: UUID, *, audience: str, language: str) -> LossMessage:
    """Begin a message from the approved template, or give the one that is there.

    Raises LossEvent.DoesNotExist, LossRefused (closed, no template for these readers).
    """
    event = hold_event(actor, event_id)
    offer = next((one for one in offers_of(event) if one.audience == audience), None)
    if offer is None:
        raise LossRefused(gettext("There is no template for these readers."))
    present = next((one for one in offer.messages if one.language == language), None)
    if present is not None:
        return present
    text = filled(offer.template.texts[language], _known(event, language))
    now = timezone.now()
    row = LossMessage(event=event, template=offer.template, language=language, saved_at=now, saved_by=actor.user)
    row.text_sealed = seal(event.data_key, text, where(MESSAGE, row.pk, "text"))
    row.save(force_insert=True)
    log(actor, "loss_message_begun", event, message=str(row.pk), audience=audience)
    return row


@transaction.atomic
def save_message(actor: Actor, message_id: UUID, *, text: str, seen: str) -> MessageView:
    """Write the message anew; it has to be approved again then.

    Raises LossMessage.DoesNotExist, LossRefused (closed, no text, too long, written by somebody else since `seen`).
    """
    row, event = _hold(actor, message_id)
    if row.seen != seen:
        raise LossRefused(gettext("Somebody has changed this message meanwhile. Open it anew; your text stands below."))
    if not text.strip():
        raise LossRefused(gettext("Write the message."))
    if len(text) > LONGEST_TEXT:
        raise LossRefused(gettext("A message holds %(number)s characters at most.") % {"number": LONGEST_TEXT})
    row.text_sealed = seal(event.data_key, text.strip(), where(MESSAGE, row.pk, "text"))
    row.saved_at, row.saved_by = timezone.now(), actor.user
    row.ready_at, row.ready_by, row.ready_reason_sealed = None, None, b""
    row.save()
    log(actor, "loss_message_saved", event, message=str(row.pk))
    return message_of(actor, message_id)


@transaction.atomic
def approve_message(actor: Actor, message_id: UUID, *, seen: str, reason: str) -> MessageView:
    """Say that the message may be used as it stands. A warning never stops that, but needs a reason and somebody else
    than who wrote the text.

    Raises LossMessage.DoesNotExist, LossRefused (closed, changed since `seen`, places left to fill, a warning without a
    reason or for the own text).
    """
    row, event = _hold(actor, message_id)
    view = message_of(actor, message_id)
    if row.seen != seen:
        raise LossRefused(gettext("Somebody has changed this message meanwhile. Read it again."))
    if view.unfilled:
        names = ", ".join(f"{{{name}}}" for name in view.unfilled)
        raise LossRefused(gettext("Fill in these places first: %(names)s.") % {"names": names})
    if view.needs_another:
        raise LossRefused(gettext("The wording check warns: somebody else than who wrote the text approves it."))
    if view.warned and not reason.strip():
        raise LossRefused(gettext("The wording check warns. Change the text, or say why it stays as it is."))
    row.ready_at, row.ready_by = timezone.now(), actor.user
    row.ready_reason_sealed = seal(event.data_key, reason.strip(), where(MESSAGE, row.pk, "ready_reason"))
    row.save(update_fields=["ready_at", "ready_by", "ready_reason_sealed"])
    log(actor, "loss_message_ready", event, message=str(row.pk), warned=view.warned)
    return message_of(actor, message_id)


def _known(event: LossEvent, language: str) -> dict[str, str]:
    known = known_of(event, language)
    return known | {"name": known["name"] or name_of(event)}


def _hold(actor: Actor, message_id: UUID) -> tuple[LossMessage, LossEvent]:
    found = scoped_messages(actor).only("event_id").get(pk=message_id)
    event = hold_event(actor, found.event_id)
    row = LossMessage.objects.get(pk=message_id)
    row.event = event
    return row, event
