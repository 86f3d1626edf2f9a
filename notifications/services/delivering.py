"""Sending what is due, a few at a time, never within a transaction."""

import logging
from threading import BoundedSemaphore
from time import monotonic

from django.db.models import F
from django.utils import timezone

from notifications import selectors
from notifications.channels import mail, push, sms
from notifications.channels.outcome import NotSentError
from notifications.enums import Channel, Trouble
from notifications.models import Delivery, Subscription
from notifications.services import claiming
from notifications.services.holding import holder

logger = logging.getLogger(__name__)

AT_ONCE = 2  # threads of a worker that one channel may hold; a provider that hangs leaves the others theirs
SENT_A_RUN = 50
RUN_S = 10.0
DEVICES = 5
_seats = {channel: BoundedSemaphore(AT_ONCE) for channel in Channel}


def deliver_due(channel: Channel, limit: int = SENT_A_RUN, budget_s: float = RUN_S) -> int:
    """Send what is due by this channel, the most urgent first, at most `limit` and for `budget_s`; returns how many
    were tried. Where enough threads of this process are at it already, none is."""
    seat = _seats[channel]
    if not seat.acquire(blocking=False):
        return 0
    try:
        return _deliver(channel, limit, monotonic() + budget_s)
    finally:
        seat.release()


def _deliver(channel: Channel, limit: int, until: float) -> int:
    tried = 0
    while tried < limit and monotonic() < until and (claimed := claiming.claim(channel)):
        deliver(claimed)
        tried += 1
    return tried


def deliver(claimed: Delivery) -> None:
    """Try to send what was claimed, and write down what came of it."""
    now = timezone.localtime()
    wishes = selectors.wishes({claimed.alert.recipient_id})[claimed.alert.recipient_id]
    needless = selectors.needless(claimed, wishes)
    if needless:
        claiming.record_trouble(claimed, needless)
    elif (free_at := selectors.free_at(wishes, claimed.urgency, now)) > now:
        claiming.put_off(claimed, free_at)
    else:
        _try(claimed)


def _try(claimed: Delivery) -> None:
    try:
        with holder.holding(claimed):
            _send(claimed)
    except NotSentError as error:
        logger.info("Delivery %s was not sent: %s", claimed.pk, error.trouble)
        claiming.record_trouble(claimed, error.trouble, error.asked_s)
    else:
        claiming.record_sent(claimed)


def _send(claimed: Delivery) -> None:
    if claimed.channel == Channel.PUSH:
        _push(claimed)
        return
    address = selectors.address(claimed.alert.recipient_id, claimed.channel)
    if not address:
        raise NotSentError(Trouble.GONE)
    language = getattr(claimed.alert.recipient, "language", "")
    if claimed.channel == Channel.EMAIL:
        mail.send(address, claimed.urgency, language)
    else:
        sms.send(address, claimed.urgency, language, f"tirek-{claimed.pk}")


def _push(claimed: Delivery) -> None:
    """To all the person's browsers; one that has it is enough."""
    troubles = []
    browsers = selectors.browsers(claimed.alert.recipient_id)[:DEVICES]
    for browser in browsers:
        try:
            push.send(browser.endpoint, claimed.urgency)
        except NotSentError as error:
            troubles.append(error)
            _note_trouble(browser, error.trouble)
        else:
            Subscription.objects.filter(pk=browser.pk).update(last_success_at=timezone.now(), failures=0)
    if len(troubles) == len(browsers):
        # Whatever can still be mended comes before what cannot.
        mendable = [error for error in troubles if error.trouble not in (Trouble.GONE, Trouble.REFUSED)]
        raise mendable[0] if mendable else NotSentError(Trouble.GONE)


def _note_trouble(browser: Subscription, trouble: Trouble) -> None:
    if trouble in (Trouble.GONE, Trouble.REFUSED):
        Subscription.objects.filter(pk=browser.pk).delete()
    else:
        Subscription.objects.filter(pk=browser.pk).update(failures=F("failures") + 1)
