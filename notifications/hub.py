"""One per web process: learns whose alerts have come and wakes their sockets; ends sockets whose session is over
or acts by another right than the one they were opened in.

It follows all alerts by its own commit-ordered cursor, so it costs two short queries a round however many sockets are
open, and a hint that never came costs at most a second. Alerts that a dying process left without a position get one.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from time import monotonic
from typing import ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from channels.db import database_sync_to_async
from django.db import Error as DatabaseError

from notifications import selectors, services, sessions, wakers
from notifications.rules import Cursor

logger = logging.getLogger(__name__)

POLL_S = 1.0
LISTENER_ENDS_S = 5.0
SESSIONS_EVERY_S = 1.0  # rule 23 gives 2 s

P = ParamSpec("P")
T = TypeVar("T")


class Close(IntEnum):
    """Why a socket is ended from our side."""

    FAILED = 1011  # come again
    BAD_COMMAND = 4400
    SESSION_OVER = 4401  # load the page again: to sign in, to unlock, or in the role that is acted in now


@dataclass(frozen=True, slots=True, eq=False)
class Listener:
    """An open socket. `wake` and `end` are called on the event loop and return at once.

    `right` is what the session acted by when the socket was opened; with another one the socket ends, and the page
    comes again in that one, as any other request does.
    """

    user_id: int
    session_key: str
    right: int
    wake: Callable[[], None]
    end: Callable[[Close], None]


class Hub:
    """Runs while it has listeners: the first one starts it, the last one stops it."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()
        self._door = asyncio.Lock()
        self._hint = asyncio.Event()
        self._cursor = Cursor()
        self._sessions_at = 0.0
        self._running: asyncio.Task[None] | None = None

    @property
    def running(self) -> bool:
        return self._running is not None

    async def join(self, listener: Listener) -> None:
        """From now on `listener` is woken. What it reads after this and is woken for has no gap between.

        Raises DatabaseError when the database cannot be read.
        """
        async with self._door:
            if self._running is None:
                self._cursor = await off_loop(_up_to_now)
            self._listeners.add(listener)
            if self._running is None:
                self._running = asyncio.create_task(self._run())
                self._running.add_done_callback(self._stopped)

    async def leave(self, listener: Listener) -> None:
        """`listener` is no longer called."""
        self._listeners.discard(listener)
        async with self._door:
            if self._listeners or self._running is None:
                return
            # Not by cancelling: a cancellation that meets an ending database call would be lost, and this wait with it.
            self._hint.set()
            await asyncio.wait({self._running})
            self._running = None

    def _stopped(self, running: asyncio.Task[None]) -> None:
        if running.cancelled() or (error := running.exception()) is None:
            return
        logger.error("The hub has failed; its sockets come again and start another", exc_info=error)
        self._running = None
        for listener in tuple(self._listeners):
            listener.end(Close.FAILED)

    async def _run(self) -> None:
        listening = asyncio.create_task(wakers.listen(self._hint.set))
        try:
            while self._listeners:
                await self._round()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(POLL_S):
                        await self._hint.wait()
                self._hint.clear()
        finally:
            listening.cancel()
            await asyncio.wait({listening}, timeout=LISTENER_ENDS_S)

    async def _round(self) -> None:
        try:
            await self._wake_recipients()
            await self._end_closed_sessions()
        except DatabaseError:  # the cursor stays, so nothing is lost
            logger.exception("The database cannot be read; trying again in %s s", POLL_S)
            await asyncio.sleep(POLL_S)

    async def _wake_recipients(self) -> None:
        arrivals = await off_loop(_look, self._cursor)
        self._cursor = arrivals.cursor
        if arrivals.more:
            self._hint.set()
        for listener in tuple(self._listeners):
            if listener.user_id in arrivals.recipients:
                listener.wake()

    async def _end_closed_sessions(self) -> None:
        if monotonic() - self._sessions_at < SESSIONS_EVERY_S:
            return
        self._sessions_at = monotonic()
        present = tuple(self._listeners)
        still = await off_loop(sessions.open_sessions, {one.session_key: one.user_id for one in present})
        for listener in present:
            if still.get(listener.session_key) != listener.right:
                listener.end(Close.SESSION_OVER)


def _up_to_now() -> Cursor:
    services.place()
    return selectors.head()


def _look(cursor: Cursor) -> selectors.Arrivals:
    services.place()
    return selectors.arrivals(cursor)


_hubs: "WeakKeyDictionary[asyncio.AbstractEventLoop, Hub]" = WeakKeyDictionary()


def current() -> Hub:
    """The hub of the running event loop."""
    return _hubs.setdefault(asyncio.get_running_loop(), Hub())


async def off_loop(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The result of `call`, which reads or writes the database, without holding up the event loop."""
    result: T = await database_sync_to_async(call)(*args, **kwargs)
    return result
