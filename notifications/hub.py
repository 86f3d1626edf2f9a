"""One per web process: reads what has come once, and hands each open socket its own (`fanout`); ends sockets whose
session is over or acts by another right than the one they were opened in.

It follows all alerts by its own commit-ordered cursor, so it costs a few queries a round however many sockets are open,
and a hint that never came costs at most a second. Alerts without a position get one: those committed in this process,
many at a time, and those that a dying process left.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from channels.db import database_sync_to_async
from django.db import Error as DatabaseError

from notifications import fanout, selectors, services, sessions, wakers
from notifications.fanout import Close, Listener, Parcel
from notifications.rules import Cursor

logger = logging.getLogger(__name__)

POLL_S = 1.0
ROUND_EVERY_S = 0.2  # rounds begin no closer together, so that what comes together is read together
LISTENER_ENDS_S = 5.0
SESSIONS_EVERY_S = 1.0  # rule 23 gives 2 s

P = ParamSpec("P")
T = TypeVar("T")


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
        """From now on `listener` is handed what comes. Between what it reads after this and that is no gap.

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
            with wakers.nearby(partial(_set_soon, asyncio.get_running_loop(), self._hint)):
                while self._listeners:
                    began = monotonic()
                    await self._round()
                    await self._rest(began)
        finally:
            listening.cancel()
            await asyncio.wait({listening}, timeout=LISTENER_ENDS_S)

    async def _rest(self, began: float) -> None:
        """Until the next hint, a second at most; hints that come close together are one."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(POLL_S):
                await self._hint.wait()
        await asyncio.sleep(max(0.0, began + ROUND_EVERY_S - monotonic()))
        self._hint.clear()

    async def _round(self) -> None:
        try:
            await self._hand_out()
            await self._end_closed_sessions()
        except DatabaseError:  # the cursor stays, so nothing is lost
            logger.exception("The database cannot be read; trying again in %s s", POLL_S)
            await asyncio.sleep(POLL_S)

    async def _hand_out(self) -> None:
        more = True
        while more:
            cursor, more, parcels = await off_loop(_look, self._cursor, tuple(self._listeners))
            for listener, parcel in parcels.items():
                if parcel is None:
                    listener.end(Close.SESSION_OVER)
                else:
                    listener.take(parcel)
            self._cursor = cursor

    async def _end_closed_sessions(self) -> None:
        if monotonic() - self._sessions_at < SESSIONS_EVERY_S:
            return
        self._sessions_at = monotonic()
        present = tuple(self._listeners)
        still = await off_loop(sessions.open_sessions, {one.session_key: one.user_id for one in present})
        for listener in present:
            if still.get(listener.session_key) != listener.right:
                listener.end(Close.SESSION_OVER)


def _set_soon(loop: asyncio.AbstractEventLoop, hint: asyncio.Event) -> None:
    loop.call_soon_threadsafe(hint.set)


def _up_to_now() -> Cursor:
    services.place()
    return selectors.head()


def _look(cursor: Cursor, listeners: tuple[Listener, ...]) -> tuple[Cursor, bool, dict[Listener, Parcel | None]]:
    """Where to go on from, whether more waits there, and what is to be sent to whom."""
    services.place()
    found = selectors.arrivals(cursor)
    return found.cursor, found.more, fanout.parcels(found.rows, listeners)


_hubs: "WeakKeyDictionary[asyncio.AbstractEventLoop, Hub]" = WeakKeyDictionary()


def current() -> Hub:
    """The hub of the running event loop."""
    return _hubs.setdefault(asyncio.get_running_loop(), Hub())


async def off_loop(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The result of `call`, which reads or writes the database, without holding up the event loop."""
    result: T = await database_sync_to_async(call)(*args, **kwargs)
    return result
