"""Reading alerts in the order of their commits.

PostgreSQL hands out ids before commit, so a reader that goes by id alone loses what an older transaction commits later
(144 of 800 rows to concurrent writers). Rows of a transaction that may still be running, and of every younger one, are
therefore held back: a row is ready when its `xid` lies below the oldest running transaction. On SQLite writers come one
after the other (BEGIN IMMEDIATE), so every visible row is ready.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from notifications.models import Alert
from notifications.rules import Cursor

BATCH = 50
HUB_BATCH = 1000
RECENT = 20


@dataclass(frozen=True, slots=True)
class Batch:
    """What a reader may see after its cursor, oldest first; `more` says that another batch waits."""

    items: tuple[Alert, ...]
    cursor: Cursor
    more: bool


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Whose alerts became ready after a position; `held` says that rows wait for an older transaction to end."""

    recipients: frozenset[int]
    cursor: Cursor
    held: bool
    more: bool


def after(user_id: int, cursor: Cursor, limit: int = BATCH) -> Batch:
    """At most `limit` alerts of the user that became ready after `cursor`.

    Those of a membership no longer in force are passed over: the returned cursor is behind them. 2 queries, and what
    NOTIFICATIONS_READABLE asks.
    """
    horizon = _horizon()
    cursor = _settled(cursor, horizon)
    rows = list(_beyond(cursor).filter(recipient=user_id, xid__lt=horizon)[: limit + 1])
    more, rows = len(rows) > limit, rows[:limit]
    kept = readable(user_id, (row.membership_id for row in rows))
    items = tuple(row for row in rows if row.membership_id is None or row.membership_id in kept)
    return Batch(items, _position_of(rows) or cursor, more)


def present(user_id: int) -> Cursor:
    """The position behind everything the user could have read up to now."""
    return _last(Alert.objects.filter(recipient=user_id))


def recent(user_id: int, limit: int = RECENT) -> list[Alert]:
    """The user's latest alerts that are ready and may be read, newest first."""
    return list(_shown_to(user_id).order_by("-xid", "-pk")[:limit])


def unread(user_id: int) -> int:
    """How many ready alerts the user may read and has not marked as seen."""
    return _shown_to(user_id, seen_at=None).count()


def unseen_up_to(user_id: int, cursor: Cursor) -> QuerySet[Alert]:
    """The user's ready alerts at or before `cursor` that are not marked as seen."""
    settled = _settled(cursor, horizon := _horizon())
    reached = Q(xid__lt=settled.xid) | Q(xid=settled.xid, pk__lte=settled.id)
    return Alert.objects.filter(reached, recipient=user_id, seen_at=None, xid__lt=horizon)


def head() -> Cursor:
    """The position behind every alert of everybody that is ready now."""
    return _last(Alert.objects.all())


def arrivals(cursor: Cursor, limit: int = HUB_BATCH) -> Arrivals:
    """Whose alerts became ready after `cursor`, looking at `limit` rows; 2 queries however many readers there are."""
    horizon = _horizon()
    rows = list(_beyond(cursor).only("recipient", "xid")[: limit + 1])
    ready = [row for row in rows if row.xid < horizon]
    more, taken = len(ready) > limit, ready[:limit]
    whose = frozenset(row.recipient_id for row in taken)
    return Arrivals(whose, _position_of(taken) or cursor, len(rows) > len(ready), more)


def readable(user_id: int, membership_ids: Iterable[int | None]) -> set[int]:
    """Those of the memberships that still give the user the right to read (setting NOTIFICATIONS_READABLE)."""
    asked = {number for number in membership_ids if number is not None}
    if not asked:
        return set()
    still: set[int] = import_string(settings.NOTIFICATIONS_READABLE)(user_id, asked)
    return still


def cursor_of(row: Alert) -> Cursor:
    """The position just behind this alert."""
    return Cursor(row.xid, row.pk)


def _shown_to(user_id: int, **filters: object) -> QuerySet[Alert]:
    own = Alert.objects.filter(recipient=user_id, **filters)
    memberships = own.exclude(membership_id=None).values_list("membership_id", flat=True).distinct().order_by()
    kept = readable(user_id, memberships)
    return own.filter(Q(membership_id=None) | Q(membership_id__in=kept), xid__lt=_horizon())


def _beyond(cursor: Cursor) -> QuerySet[Alert]:
    later = Q(xid__gt=cursor.xid) | Q(pk__gt=cursor.id)
    return Alert.objects.filter(later, xid__gte=cursor.xid).order_by("xid", "pk")


def _last(rows: QuerySet[Alert]) -> Cursor:
    last = rows.filter(xid__lt=_horizon()).order_by("-xid", "-pk").first()
    return cursor_of(last) if last else Cursor()


def _position_of(rows: list[Alert]) -> Cursor | None:
    return cursor_of(rows[-1]) if rows else None


def _settled(cursor: Cursor, horizon: int) -> Cursor:
    # Only ready rows give out cursors. One from beyond the horizon stems from a database that was since restored
    # elsewhere and counts its transactions anew; its rows keep their order by id (services.tend).
    return cursor if cursor.xid < horizon else Cursor(0, cursor.id)


def _horizon() -> int:
    # Taken before the rows are read: what lies below has ended by then, so a later snapshot sees all of it.
    if connection.vendor != "postgresql":
        return 1
    with connection.cursor() as query:
        query.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return int(query.fetchone()[0])
