"""What people wish to be told elsewhere than on the pages, where that is, and what came of it."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Count, Min, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from notifications.channels import vapid
from notifications.enums import Channel, DeliveryState, Trouble, Urgency
from notifications.models import Delivery, Preferences, Subscription
from notifications.rules import Quiet, reachable_at
from notifications.selectors.alerts import readable

LOOKED_BACK = timedelta(hours=24)
WAITING = (DeliveryState.QUEUED, DeliveryState.FAILED)


@dataclass(frozen=True, slots=True)
class Wishes:
    """By which channels somebody wants to be told, the first one first, and when not."""

    channels: tuple[Channel, ...] = ()
    quiet: Quiet = field(default_factory=Quiet)


@dataclass(frozen=True, slots=True)
class Line:
    """One channel of the ledger: how many deliveries of the last 24 h are in each state, and since when the oldest that
    is due waits, of whatever age."""

    channel: Channel
    offered: bool
    counts: tuple[tuple[DeliveryState, int], ...]
    waiting_since: datetime | None


def offered() -> frozenset[Channel]:
    """The channels this installation has: push always, the others where their service is configured."""
    configured = {Channel.EMAIL: bool(settings.EMAIL_OFFERED), Channel.SMS: bool(settings.SMS_URL)}
    return frozenset({Channel.PUSH, *(channel for channel, there in configured.items() if there)})


def preferences_of(user_id: int) -> Preferences:
    """The person's choice, or what holds until there is one: nothing but the pages."""
    return Preferences.objects.filter(pk=user_id).first() or Preferences(user_id=user_id)


def wishes(user_ids: Collection[int]) -> Mapping[int, Wishes]:
    """The wishes of each of the people; 2 queries."""
    chosen = Preferences.objects.in_bulk(user_ids)
    pushed = set(_entered().filter(user__in=user_ids).values_list("user_id", flat=True))
    there = offered()
    return {one: _wishes(chosen.get(one), pushed=one in pushed, there=there) for one in user_ids}


def browsers(user_id: int) -> list[Subscription]:
    """The person's browsers that the present key reaches, the latest first."""
    return list(_entered().filter(user=user_id).order_by("-created_at", "-pk"))


def address(user_id: int, channel: str) -> str | None:
    """Where the person is reached by this channel, or None (setting NOTIFICATIONS_ADDRESS)."""
    found: str | None = import_string(settings.NOTIFICATIONS_ADDRESS)(user_id, channel)
    return found


def free_at(wished: Wishes, urgency: int, now: datetime) -> datetime:
    """The first moment from `now` at which such an alert may reach the person."""
    return reachable_at(wished.quiet, Urgency(urgency), timezone.localtime(now), _works)


def needless(delivery: Delivery, wished: Wishes) -> Trouble | None:
    """Why the delivery is not wanted any more: seen on the page, the right over, the channel switched off."""
    alert = delivery.alert
    if alert.seen_at is not None:
        return Trouble.SEEN
    if alert.membership_id is not None and not readable(alert.recipient_id, [alert.membership_id]):
        return Trouble.NO_RIGHT
    if not alert.recipient.is_active:
        return Trouble.NO_RIGHT
    return None if delivery.channel in wished.channels else Trouble.SWITCHED_OFF


def ledger(now: datetime | None = None) -> tuple[Line, ...]:
    """What became of the deliveries of the last 24 hours, channel by channel: counts and times, nobody's. 2 queries."""
    now = now or timezone.now()
    made = Delivery.objects.filter(created_at__gte=now - LOOKED_BACK).order_by()
    counted = made.values_list("channel", "state").annotate(Count("pk"))
    numbers = Counter({(channel, state): number for channel, state, number in counted})
    due = Delivery.objects.filter(state__in=WAITING, next_try_at__lte=now).order_by()
    oldest = dict(due.values_list("channel").annotate(Min("created_at")))
    there = offered()
    return tuple(_line(channel, numbers, oldest, there=channel in there) for channel in Channel)


def _line(
    channel: Channel, numbers: Mapping[tuple[str, str], int], oldest: Mapping[str, datetime], *, there: bool
) -> Line:
    counts = tuple((state, numbers.get((channel, state), 0)) for state in DeliveryState)
    return Line(channel, there, counts, oldest.get(channel))


def _entered() -> QuerySet[Subscription]:
    return Subscription.objects.filter(key_id=vapid.key_id())


def _wishes(chosen: Preferences | None, *, pushed: bool, there: frozenset[Channel]) -> Wishes:
    if chosen is None:
        return Wishes((Channel.PUSH,) if pushed else ())
    wanted = {Channel.PUSH: pushed, Channel.EMAIL: chosen.email, Channel.SMS: chosen.sms}
    quiet = Quiet(chosen.quiet_from, chosen.quiet_to, chosen.working_days_only, chosen.urgent_always)
    return Wishes(tuple(channel for channel in Channel if wanted[channel] and channel in there), quiet)


def _works(day: date) -> bool:
    return bool(import_string(settings.NOTIFICATIONS_WORKING_DAY)(day))
