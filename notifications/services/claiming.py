"""Who sends a delivery, and what came of it.

A claim is a conditional UPDATE whose count is checked, with a lease; a worker that dies loses it to the next one that
looks, and the sweeper gives back what nobody takes. A claim sends once at most. Only when a worker dies between sending
and writing that down is the same thing sent again, which is better than never.
"""

import random
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from notifications.enums import Channel, DeliveryState, Trouble
from notifications.models import Delivery
from notifications.rules import BACK_OFF_S, FINAL, NEEDLESS, pause_after
from notifications.services.planning import plan_next

LEASE = timedelta(seconds=6)  # whoever still sends renews it, see `holding`
DISBELIEVED = timedelta(minutes=1)  # what lies farther ahead was written by a clock that has been set back since
WAITING = (DeliveryState.QUEUED, DeliveryState.FAILED)
LOOKED_AT = 5


def claim(channel: Channel, now: datetime | None = None) -> Delivery | None:
    """The most urgent delivery that is due, for whoever asked, or None when nothing is due or others were first."""
    now = now or timezone.now()
    due = Delivery.objects.filter(_due(now), channel=channel).order_by("-urgency", "next_try_at", "pk")
    for pk in list(due.values_list("pk", flat=True)[:LOOKED_AT]):
        token = uuid4().hex
        claimed = Delivery.objects.filter(_due(now), pk=pk)
        if claimed.update(worker=token, lease_until=now + LEASE, attempts=F("attempts") + 1):
            return Delivery.objects.select_related("alert__recipient").get(pk=pk)
    return None


def record_sent(claimed: Delivery, now: datetime | None = None) -> bool:
    """The service has taken it. False when the claim was lost meanwhile and somebody else has it."""
    return _settle(claimed, state=DeliveryState.SENT, sent_at=now or timezone.now(), trouble="")


def put_off(claimed: Delivery, until: datetime) -> bool:
    """It was not tried: the person is not to be reached before `until`."""
    return _settle(claimed, next_try_at=until, attempts=F("attempts") - 1)


def record_trouble(claimed: Delivery, trouble: Trouble, asked_s: float = 0, now: datetime | None = None) -> bool:
    """It was not sent. Tried again after a pause, or given up and left to the person's next channel, or needless.

    False when the claim was lost meanwhile.
    """
    now = now or timezone.now()
    if trouble in NEEDLESS:
        return _settle(claimed, state=DeliveryState.NOT_WANTED, trouble=trouble)
    pause = None if trouble in FINAL else pause_after(claimed.attempts, random.random(), asked_s)  # noqa: S311  jitter
    if pause is not None:
        return _settle(claimed, state=DeliveryState.FAILED, trouble=trouble, next_try_at=now + pause)
    unwanted = trouble == Trouble.SWITCHED_OFF
    state = DeliveryState.NOT_WANTED if unwanted else DeliveryState.GIVEN_UP
    with transaction.atomic():
        settled = _settle(claimed, state=state, trouble=trouble)
        if settled:
            plan_next(claimed, now)
    return settled


def sweep(now: datetime | None = None) -> int:
    """Give back what workers have lost: in its place among what is due, or given up after its last try. Returns how
    many."""
    now = now or timezone.now()
    lost = Delivery.objects.filter(_lapsed(now), state__in=WAITING).select_related("alert")
    return sum(_give_back(row, now) for row in lost)


def _give_back(lost: Delivery, now: datetime) -> bool:
    if pause_after(lost.attempts, 0.5) is None:
        return record_trouble(lost, Trouble.LOST, now=now)
    return _settle(lost, state=DeliveryState.FAILED, trouble=Trouble.LOST)  # due as it was, before what came later


def _due(now: datetime) -> Q:
    # What somebody lost may be taken at once, but for its last try: the sweeper leaves that to the next channel.
    free = Q(lease_until=None) | _lapsed(now) & Q(attempts__lte=len(BACK_OFF_S))
    at_once_then = Q(next_try_at=F("created_at"), created_at__gt=now + DISBELIEVED)
    return free & (Q(next_try_at__lte=now) | at_once_then) & Q(state__in=WAITING)


def _lapsed(now: datetime) -> Q:
    return Q(lease_until__lt=now) | Q(lease_until__gt=now + LEASE + DISBELIEVED)


def _settle(claimed: Delivery, **changes: object) -> bool:
    # By the token: whoever lost the claim changes nothing after somebody else has taken the delivery up.
    own = Delivery.objects.filter(pk=claimed.pk, worker=claimed.worker, state__in=WAITING, lease_until__isnull=False)
    return bool(own.update(lease_until=None, **changes))
