"""What goes over the socket and the API: typed commands in, plain dictionaries out."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from notifications import selectors
from notifications.enums import STAYING
from notifications.models import Alert
from notifications.rules import BadCursorError, Cursor
from notifications.texts import sentence

LONGEST_COMMAND = 1024


class BadCommandError(ValueError):
    """The client sent something that is no command."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Deliver what came after the cursor; None: from now on."""

    cursor: Cursor | None


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything up to the cursor was shown to the person."""

    cursor: Cursor


def command(text: str | None) -> Resume | Seen:
    """The command in one socket message. Raises BadCommandError."""
    if text is None or len(text) > LONGEST_COMMAND:
        raise BadCommandError("size")
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadCommandError("json") from error
    if not isinstance(content, dict):
        raise BadCommandError("json")
    cursor = _cursor(content.get("cursor"))
    if content.get("type") == "resume":
        return Resume(cursor)
    if content.get("type") == "seen" and cursor is not None:
        return Seen(cursor)
    raise BadCommandError("type")


def item(alert: Alert, text: str | None = None) -> dict[str, Any]:
    """One alert as clients see it; `text` is in the active language, `at` is ISO 8601 with offset.

    What a model found says so, with the model's name and version (rule 7). Who has put the text together already may
    give it.
    """
    return {
        "id": alert.pk,
        "cursor": str(selectors.cursor_of(alert)),
        "kind": alert.kind,
        "text": sentence(alert.kind, alert.params) if text is None else text,
        "url": alert.url,
        "at": alert.created_at.isoformat(),
        "seen": alert.seen_at is not None,
        "membership": alert.membership_id,
        "urgent": alert.kind in STAYING,
        "ai_generated": "model" in alert.params,
        "model": alert.params.get("model", ""),
    }


def items(alerts: Iterable[Alert]) -> list[dict[str, Any]]:
    """Alerts as clients see them, in the given order."""
    return [item(alert) for alert in alerts]


def batch(user_id: int, cursor: Cursor) -> dict[str, Any]:
    """What came after the cursor, oldest first, with the cursor to go on from and the number of unread alerts."""
    found = selectors.after(user_id, selectors.known(cursor))
    return {
        "items": items(found.items),
        "cursor": str(found.cursor),
        "more": found.more,
        "unread": selectors.unread(user_id),
    }


def latest(user_id: int) -> dict[str, Any]:
    """The latest alerts, newest first, in the same shape; the cursor lies behind all of them."""
    cursor, (found, _) = selectors.present(user_id), selectors.recent(user_id)
    return {"items": items(found), "cursor": str(cursor), "more": False, "unread": selectors.unread(user_id)}


def _cursor(given: object) -> Cursor | None:
    if given is None or given == "":
        return None
    if not isinstance(given, str):
        raise BadCommandError("cursor")
    try:
        return Cursor.parse(given)
    except BadCursorError as error:
        raise BadCommandError("cursor") from error
