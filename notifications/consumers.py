"""The socket `ws/alerts/`.

Client: {"type": "resume", "cursor": "…"|null} asks for what came after the cursor (null: from now on) and for all that
comes; {"type": "seen", "cursor": "…"} marks as seen. Server: {"type": "alerts", "items": […], "cursor": "…",
"more": bool, "unread": n}, answered to every resume even when nothing was missed; {"type": "seen", "unread": n};
{"type": "error", "code": "bad_command"} and the end. Close codes: `notifications.fanout.Close`.

What a page missed it is read from its cursor; what comes then is handed over by the hub, which has read it for all.
"""

import asyncio
import logging
from collections import deque
from typing import Any

from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.db import Error as DatabaseError
from django.http import HttpRequest
from django.utils import translation

from notifications import hub, selectors, serializers, services, sessions
from notifications.fanout import Close, Listener, Parcel
from notifications.hub import off_loop
from notifications.rules import Cursor

logger = logging.getLogger(__name__)
TRY_AGAIN_S = 1.0
MOST_HELD = 20  # parcels; whoever takes them more slowly is read anew from the cursor instead


class AlertConsumer(AsyncJsonWebsocketConsumer):
    """One open page of one signed-in person. Delivers each alert at most once, in commit order."""

    _listener: Listener | None = None
    _delivering: asyncio.Task[None] | None = None
    _ending: asyncio.Task[None] | None = None
    _position: Cursor | None = None
    _resumed = False
    _left = False
    _owes_answer = False
    _behind = False

    async def connect(self) -> None:
        user, key = self.scope["user"], self.scope["session"].session_key
        rights = await off_loop(sessions.open_sessions, {key: user.pk}) if user.is_authenticated else {}
        if key not in rights:
            await self.close()  # before accepting: the handshake is answered with 403
            return
        self._wanted = asyncio.Event()
        self._parcels: deque[Parcel] = deque()
        language = getattr(user, "language", "") or _asked_language(self.scope)
        self._listener = Listener(user.pk, key, rights[key], language, self._take, self._end)
        await hub.current().join(self._listener)
        await self.accept()
        self._delivering = asyncio.create_task(self._deliver(self._listener))
        self._delivering.add_done_callback(self._delivery_stopped)

    async def disconnect(self, code: int) -> None:
        self._left = True
        if self._delivering is not None:
            self._delivering.cancel()
        if self._listener is not None:
            await hub.current().leave(self._listener)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **_kwargs: Any) -> None:
        if self._ending is not None or self._listener is None:
            return
        try:
            command = serializers.command(text_data)
        except serializers.BadCommandError:
            await self.send_json({"type": "error", "code": "bad_command"})
            self._end(Close.BAD_COMMAND)
            return
        match command:
            case serializers.Resume(cursor):
                self._resume(cursor)
            case serializers.Seen(cursor):
                await self._mark_seen(self._listener, cursor)

    def _resume(self, cursor: Cursor | None) -> None:
        # A second one only asks again: going back would deliver twice.
        if not self._resumed:
            self._position, self._resumed = cursor, True
        self._owes_answer = self._behind = True
        self._wanted.set()

    def _take(self, parcel: Parcel) -> None:
        if not self._resumed:
            return  # it will be read when the page asks
        self._parcels.append(parcel)
        if len(self._parcels) > MOST_HELD:
            self._parcels.clear()
            self._behind = True
        self._wanted.set()

    async def _mark_seen(self, listener: Listener, cursor: Cursor) -> None:
        unread = await off_loop(_mark_seen, listener, cursor)
        if unread is None:
            self._end(Close.SESSION_OVER)
        else:
            await self.send_json({"type": "seen", "unread": unread})

    async def _deliver(self, listener: Listener) -> None:
        while not self._left:
            await self._wanted.wait()
            self._wanted.clear()
            try:
                if self._behind:
                    await self._send_missed(listener)
                await self._send_handed_over()
            except DatabaseError:
                logger.exception("Alerts cannot be read; trying again in %s s", TRY_AGAIN_S)
                await asyncio.sleep(TRY_AGAIN_S)
                self._behind = True
                self._wanted.set()

    async def _send_missed(self, listener: Listener) -> None:
        while self._behind and self._ending is None:
            self._behind = False  # may be set again while we read
            batch = await off_loop(_read, listener, self._position)
            if batch is None or self._left:
                self._end(Close.SESSION_OVER)
                return
            self._position = Cursor.parse(batch["cursor"])
            self._behind = self._behind or batch["more"]
            if batch["items"] or self._owes_answer:
                self._owes_answer = False
                await self.send_json({"type": "alerts", **batch})

    async def _send_handed_over(self) -> None:
        while self._parcels and not self._behind and self._ending is None:
            parcel, reached = self._parcels.popleft(), self._position or Cursor()
            fresh = [(position, item) for position, item in parcel.items if position > reached]
            if fresh:  # else it came while the page was read what it missed, this too
                self._position = fresh[-1][0]
                items = [item for _, item in fresh]
                batch = {"items": items, "cursor": str(self._position), "more": False, "unread": parcel.unread}
                await self.send_json({"type": "alerts", **batch})

    def _end(self, code: Close) -> None:
        if self._ending is None and not self._left:
            self._ending = asyncio.create_task(self.close(code=int(code)))

    def _delivery_stopped(self, delivering: asyncio.Task[None]) -> None:
        if delivering.cancelled() or (error := delivering.exception()) is None:
            return
        if not isinstance(error, OSError):  # the client left while we were sending
            logger.error("Delivery has failed", exc_info=error)
        self._end(Close.FAILED)


def _read(listener: Listener, position: Cursor | None) -> dict[str, Any] | None:
    """What comes after `position` (None: nothing yet, from now on); None when the session is over."""
    if not _still_open(listener):
        return None
    with translation.override(listener.language):
        return serializers.batch(listener.user_id, position or selectors.present(listener.user_id))


def _mark_seen(listener: Listener, cursor: Cursor) -> int | None:
    """How many are left unread; None when the session is over."""
    if not _still_open(listener):
        return None
    services.mark_seen(listener.user_id, cursor)
    return selectors.unread(listener.user_id)


def _still_open(listener: Listener) -> bool:
    rights = sessions.open_sessions({listener.session_key: listener.user_id})
    return rights.get(listener.session_key) == listener.right


def _asked_language(scope: dict[str, Any]) -> str:
    """The language the browser asks for, as on the pages."""
    request = HttpRequest()
    request.COOKIES = scope.get("cookies", {})
    request.META["HTTP_ACCEPT_LANGUAGE"] = dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1")
    return translation.get_language_from_request(request)
