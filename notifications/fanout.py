"""From alerts read once to what each open page is sent. Called off the event loop; a fixed number of queries for any
number of alerts and pages."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from django.utils import translation

from notifications import selectors, serializers, sessions
from notifications.models import Alert
from notifications.rules import Cursor
from notifications.texts import sentence


class Close(IntEnum):
    """Why a socket is ended from our side."""

    FAILED = 1011  # come again
    BAD_COMMAND = 4400
    SESSION_OVER = 4401  # load the page again: to sign in, to unlock, or in the role that is acted in now


@dataclass(frozen=True, slots=True)
class Parcel:
    """The alerts of one person, oldest first, each with its position; `unread` counts those not seen yet."""

    items: tuple[tuple[Cursor, dict[str, Any]], ...]
    unread: int


@dataclass(frozen=True, slots=True, eq=False)
class Listener:
    """An open socket. `take` and `end` are called on the event loop and return at once.

    `right` is what the session acted by when the socket was opened; with another one the socket ends, and the page
    comes again in that one, as any other request does.
    """

    user_id: int
    session_key: str
    right: int
    language: str
    take: Callable[[Parcel], None]
    end: Callable[[Close], None]


def parcels(rows: Iterable[Alert], listeners: Iterable[Listener]) -> dict[Listener, Parcel | None]:
    """What each of the listeners that are concerned is to be sent; None for one whose session is over."""
    by_user: defaultdict[int, list[Alert]] = defaultdict(list)
    for row in rows:
        by_user[row.recipient_id].append(row)
    concerned = [listener for listener in listeners if listener.user_id in by_user]
    if not concerned:
        return {}
    rights = sessions.open_sessions({one.session_key: one.user_id for one in concerned})
    users = {one.user_id for one in concerned}
    kept = _readable({user: by_user[user] for user in users})
    unread, words = selectors.unread_of(users), _Words()
    return {
        one: Parcel(words.of(kept[one.user_id], one.language), unread.get(one.user_id, 0))
        if rights.get(one.session_key) == one.right
        else None
        for one in concerned
    }


def _readable(by_user: Mapping[int, list[Alert]]) -> dict[int, list[Alert]]:
    claims = {(user, row.membership_id) for user, rows in by_user.items() for row in rows}
    kept = selectors.readable_rights({(user, right) for user, right in claims if right is not None})
    return {
        user: [row for row in rows if row.membership_id is None or (user, row.membership_id) in kept]
        for user, rows in by_user.items()
    }


class _Words:
    """Alerts as clients see them. What many are told is put into words once in each language."""

    def __init__(self) -> None:
        self._texts: dict[tuple[str, str, str], str] = {}

    def of(self, rows: list[Alert], language: str) -> tuple[tuple[Cursor, dict[str, Any]], ...]:
        return tuple((selectors.cursor_of(row), serializers.item(row, self._text(row, language))) for row in rows)

    def _text(self, row: Alert, language: str) -> str:
        same = (language, row.kind, repr(row.params))
        if same not in self._texts:
            with translation.override(language):
                self._texts[same] = sentence(row.kind, row.params)
        return self._texts[same]
