"""Reading alerts in the order of their commits.

PostgreSQL hands out ids before commit, so a reader that goes by id alone loses what an older transaction commits later
(144 of 800 rows to concurrent writers). Positions are given after commit, one writer at a time (`services.place`); a
reader goes by them, and a row without one is not there yet.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Set
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils.module_loading import import_string

from notifications.models import Alert, LastPosition
from notifications.rules import Cursor
from prepared import prepared

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
    """What was placed after a position, for everybody, oldest first; `more` says that another look is due."""

    rows: tuple[Alert, ...]
    cursor: Cursor
    more: bool


def after(user_id: int, cursor: Cursor, limit: int = BATCH) -> Batch:
    """At most `limit` alerts of the user after `cursor`.

    Those of a membership no longer in force are passed over: the returned cursor is behind them. 1 query, and what
    NOTIFICATIONS_READABLE asks.
    """
    rows = list(_beyond(cursor).filter(recipient=user_id)[: limit + 1])
    more, rows = len(rows) > limit, rows[:limit]
    kept = readable(user_id, (row.membership_id for row in rows))
    items = tuple(row for row in rows if row.membership_id is None or row.membership_id in kept)
    return Batch(items, _position_of(rows) or cursor, more)


def present(user_id: int) -> Cursor:
    """The position behind everything the user could have read up to now."""
    return Cursor(next(iter(_positions(user_id)), None) or 0)


def recent(user_id: int, before: Cursor | None = None, limit: int = RECENT) -> tuple[list[Alert], bool]:
    """The user's latest alerts (before a position) that may be read, newest first; whether there are older ones."""
    earlier = {"position__lt": before.position} if before else {}
    rows = list(_shown_to(user_id, **earlier).order_by("-position")[: limit + 1])
    return rows[:limit], len(rows) > limit


def unread(user_id: int) -> int:
    """How many alerts the user may read and has not marked as seen."""
    return _readable_of(_unseen(user_id))[user_id]


def unread_of(user_ids: Collection[int]) -> dict[int, int]:
    """How many alerts each of the users may read and has not marked as seen; who has none is left out. 2 queries."""
    unseen = Alert.objects.filter(recipient__in=user_ids, seen_at=None, position__isnull=False).order_by()
    return dict(_readable_of(list(unseen.values_list("recipient_id", "membership_id").annotate(Count("pk")))))


def _readable_of(counted: list[tuple[int, int | None, int]]) -> Counter[int]:
    """The numbers by user of (user id, membership id, number), without what no right in force lets them read."""
    kept = readable_rights({(user, right) for user, right, _ in counted if right is not None})
    numbers: Counter[int] = Counter()
    for user, right, number in counted:
        if right is None or (user, right) in kept:
            numbers[user] += number
    return numbers


def unseen_up_to(user_id: int, cursor: Cursor) -> QuerySet[Alert]:
    """The user's alerts at or before `cursor` that are not marked as seen."""
    return Alert.objects.filter(recipient=user_id, seen_at=None, position__lte=cursor.position)


def head() -> Cursor:
    """The position behind every alert of everybody."""
    return _last(Alert.objects.all())


def arrivals(cursor: Cursor, limit: int = HUB_BATCH) -> Arrivals:
    """What was placed after `cursor`, at most `limit` rows; 1 query however many readers there are."""
    rows = list(_beyond(cursor)[: limit + 1])
    more, taken = len(rows) > limit, rows[:limit]
    return Arrivals(tuple(taken), _position_of(taken) or cursor, more)


def readable(user_id: int, membership_ids: Iterable[int | None]) -> set[int]:
    """Those of the memberships that still give the user the right to read."""
    kept = readable_rights({(user_id, number) for number in membership_ids if number is not None})
    return {number for _, number in kept}


def readable_rights(claims: Set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those of the (user id, membership id) by which the user may still read (setting NOTIFICATIONS_READABLE)."""
    if not claims:
        return set()
    still: set[tuple[int, int]] = import_string(settings.NOTIFICATIONS_READABLE)(claims)
    return still


def known(cursor: Cursor) -> Cursor:
    """The cursor, or the last position given out where it lies beyond: the database was set back since."""
    last = LastPosition.objects.values_list("number", flat=True).first() or 0
    return min(cursor, Cursor(last))


def cursor_of(row: Alert) -> Cursor:
    """The position just behind this alert, which readers have (ValueError where it has no position yet)."""
    if row.position is None:
        raise ValueError(row)
    return Cursor(row.position)


def _shown_to(user_id: int, **filters: object) -> QuerySet[Alert]:
    own = Alert.objects.filter(recipient=user_id, position__isnull=False, **filters)
    memberships = own.exclude(membership_id=None).values_list("membership_id", flat=True).distinct().order_by()
    kept = readable(user_id, memberships)
    return own.filter(Q(membership_id=None) | Q(membership_id__in=kept))


def _beyond(cursor: Cursor) -> QuerySet[Alert]:
    return Alert.objects.filter(position__gt=cursor.position).order_by("position")


def _last(rows: QuerySet[Alert]) -> Cursor:
    last = rows.filter(position__isnull=False).order_by("-position").first()
    return cursor_of(last) if last else Cursor()


def _position_of(rows: list[Alert]) -> Cursor | None:
    return cursor_of(rows[-1]) if rows else None


@prepared
def _positions(user_id: int) -> QuerySet[Alert, int | None]:
    placed = Alert.objects.filter(recipient=user_id, position__isnull=False)
    return placed.order_by("-position").values_list("position", flat=True)[:1]


@prepared
def _unseen(user_id: int) -> QuerySet[Alert, tuple[int, int | None, int]]:
    unseen = Alert.objects.filter(recipient=user_id, seen_at=None, position__isnull=False).order_by()
    return unseen.values_list("recipient_id", "membership_id").annotate(Count("pk"))
