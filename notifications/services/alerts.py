import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.models import F
from django.utils import timezone

from notifications import selectors, texts, wakers
from notifications.enums import AlertKind
from notifications.models import Alert, LastPosition
from notifications.params import check_params
from notifications.rules import UNDO_WITHIN, Cursor, is_local_path
from notifications.services.planning import plan

logger = logging.getLogger(__name__)

KEPT = timedelta(days=90)
PLACED_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class News:
    """What the recipients, as `(user id, membership id or None)`, are to be told; see `alert`."""

    recipients: Iterable[tuple[int, int | None]]
    kind: str
    params: texts.Params
    url: str


def alert(*, recipients: Iterable[tuple[int, int | None]], kind: str, params: texts.Params, url: str) -> int:
    """Tell each recipient, as `(user id, membership id or None)`, once; returns how many are told.

    The rows belong to the caller's transaction; when it commits they get their positions and sockets are woken. Should
    the process die between the two, the next look of a hub or a page makes up for it. What the recipients
    are to be told by other channels too is owed in the same transaction (`planning`), by all of them at once where the
    kind is an alarm (`enums.urgency_of`).

    `params` takes the names in `params.PARAMS` (codes, labels, an ISO time in `due`), `url` is a local path. Raises
    ValueError for anything else, an unknown kind included.
    """
    return tell([News(recipients, kind, params, url)])


def tell(news: Iterable[News]) -> int:
    """Several alerts at once, each as `alert` does it, for the price of one."""
    rows = [row for one in news for row in _rows(one)]
    with transaction.atomic(savepoint=False):
        Alert.objects.bulk_create(rows)
        if rows:
            plan(rows)
            transaction.on_commit(_place_or_leave_it_to_the_hub, robust=True)
    return len(rows)


def _rows(news: News) -> list[Alert]:
    if not is_local_path(news.url):
        raise ValueError(news.url)
    check_params(news.params)
    told = dict(reversed(list(news.recipients)))  # one row a person; the first right given counts
    now, kind, params = timezone.now(), AlertKind(news.kind), dict(news.params)
    return [
        Alert(recipient_id=user, membership_id=right, kind=kind, params=params, url=news.url, created_at=now)
        for user, right in told.items()
    ]


def _place_or_leave_it_to_the_hub() -> None:
    # The hub of this process places what many transactions have written meanwhile in one go.
    if not wakers.ring_nearby():
        place()


def place() -> int:
    """Give every committed alert that has no position yet the next ones; returns how many.

    Those who do it take turns by the lock on the last position, in transactions of a few milliseconds. So a position
    that can be read has all smaller ones before it, and no row waits for somebody's long transaction. Who waits for the
    lock for more than a second leaves it to the next look. 1 query where there is nothing to do.
    """
    placed = 0
    try:
        if Alert.objects.filter(position=None).exists():
            while (some := _place_some()) == PLACED_AT_ONCE:
                placed += some
            placed += some
    except OperationalError:
        logger.warning("Alerts have no position yet; the next look gives it", exc_info=True)
    return placed


def _place_some() -> int:
    with transaction.atomic():
        _wait_at_most_a_second()
        last, _ = LastPosition.objects.select_for_update().get_or_create(pk=1)
        # Read after the lock is had: what the one before placed is seen as placed. A row that somebody is deleting is
        # left to the next look, so that nobody else waits for it.
        unplaced = Alert.objects.filter(position=None).order_by("pk")
        free = unplaced.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
        numbers = list(free.values_list("pk", flat=True)[:PLACED_AT_ONCE])
        if not numbers:
            return 0
        step = last.number + 1 - numbers[0]
        Alert.objects.filter(pk__in=numbers).update(position=F("pk") + step)
        LastPosition.objects.filter(pk=1).update(number=numbers[-1] + step)
        wakers.announce()
        return len(numbers)


def mark_seen(user_id: int, up_to: Cursor) -> int:
    """Mark the user's alerts at or before the cursor as seen; returns how many were not yet."""
    return mark_seen_at(user_id, up_to, timezone.now())


def mark_seen_at(user_id: int, up_to: Cursor, moment: datetime) -> int:
    """As `mark_seen`, at a moment by which `unmark_seen` finds them again."""
    return selectors.unseen_up_to(user_id, up_to).update(seen_at=moment)


def unmark_seen(user_id: int, moment: datetime) -> int:
    """Take back that the user marked alerts as seen at that moment, within 15 seconds; returns how many are unseen."""
    if timezone.now() - moment > UNDO_WITHIN:
        return 0
    return Alert.objects.filter(recipient=user_id, seen_at=moment).update(seen_at=None)


def tend() -> int:
    """Delete alerts older than 90 days (setting NOTIFICATIONS_KEPT), and what is known of their deliveries; returns how
    many alerts."""
    oldest = timezone.now() - getattr(settings, "NOTIFICATIONS_KEPT", KEPT)
    return Alert.objects.filter(created_at__lt=oldest).delete()[1].get("notifications.Alert", 0)


def _wait_at_most_a_second() -> None:
    # A machine that vanished while it held the lock must not hold up pages and sockets until TCP gives it up.
    if connection.vendor == "postgresql":  # pragma: no cover  the tests count coverage on SQLite, and repeat there
        with connection.cursor() as query:
            query.execute("SET LOCAL lock_timeout = '1s'")
