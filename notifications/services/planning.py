"""Which deliveries an alert is owed. A row each, in the transaction of what it follows from."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from notifications import selectors
from notifications.enums import Channel, DeliveryState, urgency_of
from notifications.models import Alert, Delivery
from notifications.rules import channel_after, first_channels


def plan(alerts: Iterable[Alert]) -> None:
    """Owe each alert its first deliveries, by the recipient's wishes; done again it adds nothing.

    2 queries for any number of alerts, 1 more where anybody wants to be told elsewhere than on the pages.
    """
    rows = list(alerts)
    wishes = selectors.wishes({row.recipient_id for row in rows})
    now = timezone.now()
    owed = [
        _delivery(row, channel, wishes[row.recipient_id], now)
        for row in rows
        for channel in first_channels(wishes[row.recipient_id].channels, urgency_of(row.kind))
    ]
    if owed:
        Delivery.objects.bulk_create(owed, ignore_conflicts=True)


def plan_next(failed: Delivery, now: datetime) -> Channel | None:
    """Owe the alert the delivery by the recipient's next channel; returns which, None when there is none left."""
    wishes = selectors.wishes({failed.alert.recipient_id})[failed.alert.recipient_id]
    channel = channel_after(Channel(failed.channel), wishes.channels)
    if channel is not None:
        Delivery.objects.bulk_create([_delivery(failed.alert, channel, wishes, now)], ignore_conflicts=True)
    return channel


def _delivery(alert: Alert, channel: Channel, wishes: selectors.Wishes, now: datetime) -> Delivery:
    urgency = urgency_of(alert.kind)
    return Delivery(
        alert=alert,
        channel=channel,
        urgency=urgency,
        state=DeliveryState.QUEUED,
        created_at=now,
        next_try_at=selectors.free_at(wishes, urgency, now),
    )
