"""Requests share a few threads, and with them a few database connections.

Django gives each request over ASGI a thread of its own. A connection that is kept open (CONN_MAX_AGE) belongs to its
thread, so each request opened another one, and those of ended threads stayed open until PostgreSQL had no more to give.
Here a request borrows a thread while it is worked on, not while its body comes or its answer goes: who sends or reads
slowly holds none.

A connection that begins has PostgreSQL plan every question anew (`prepared`), a tenth of a second of work for each
page. Where more are begun than are needed, at a peak or because all end at the same age, a busy server does little else
for seconds. So a request waits a moment for a thread that has worked before, and connections end at times of their own.
"""

import contextvars
import random
from asyncio import AbstractEventLoop, CancelledError, LifoQueue, ensure_future, get_running_loop, wait, wrap_future
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import process_time
from typing import Any

import django
from django.core.handlers.asgi import ASGIHandler
from django.db import close_old_connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.http import HttpRequest
from django.http.response import HttpResponseBase

# In one process, which then has as many connections at most; a press waits in one for those it is taken with.
THREADS = 16
AT_ONCE = 2  # of them are taken without waiting: one computes while another's question is answered
# After so long a wait a request takes one more, if the process spent less than this share of it computing: then threads
# wait for something else than each other.
PATIENCE_S, BUSY = 0.1, 0.5
LONGEST = 10  # waits, after which it takes one in any case


class SharedThreads(ASGIHandler):
    """Django's handler, whose requests borrow one of `threads` threads, or wait for one.

    Middleware and views run from end to end in that thread, as under WSGI: there is no asynchronous view here, and each
    hop between thread and event loop costs more than what it hops for.
    """

    def __init__(self, threads: int = THREADS) -> None:
        super().__init__()
        self._free: LifoQueue[ThreadPoolExecutor] = LifoQueue()
        self._unused = [ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"request-{n}") for n in range(threads)]
        for thread in self._unused[-AT_ONCE:]:
            self._free.put_nowait(thread)
        del self._unused[-AT_ONCE:]

    def load_middleware(self, is_async: bool = False) -> None:  # noqa: FBT001, FBT002  Django's signature
        """As under WSGI, whatever is asked for."""
        super().load_middleware(is_async=False)

    async def __call__(self, scope: dict[str, Any], receive: Callable[[], Any], send: Callable[[Any], Any]) -> None:
        """One request. Django's own gives each a thread besides, for what it does around the answer."""
        await self.handle(scope, receive, send)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        thread, loop = await self._borrow(), get_running_loop()
        working = thread.submit(contextvars.copy_context().run, self._respond, request)
        # When the work is done, not when nobody waits for it any more: whoever has gone leaves his request running.
        working.add_done_callback(lambda _: self._give_back(thread, loop))
        return await wrap_future(working)

    async def _borrow(self) -> ThreadPoolExecutor:
        """A thread that has worked before, the latest first; another one where none comes back and it would help."""
        worked = ensure_future(self._free.get())  # one place in the line, however long it takes
        waited = 0
        try:
            while not worked.done():
                spent, waited = process_time(), waited + 1
                await wait({worked}, timeout=PATIENCE_S if self._unused else None)
                helps = process_time() - spent < BUSY * PATIENCE_S or waited == LONGEST
                if not worked.done() and self._unused and helps:
                    worked.cancel()
                    return self._unused.pop()
        except CancelledError:
            if not worked.cancel():
                self._free.put_nowait(worked.result())
            raise
        return worked.result()

    def _respond(self, request: HttpRequest) -> HttpResponseBase:
        close_old_connections()  # what Django does at each request, but in this thread
        return self.get_response(request)

    def _give_back(self, thread: ThreadPoolExecutor, loop: AbstractEventLoop) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(self._free.put_nowait, thread)


def get_asgi_application() -> SharedThreads:
    """As Django's own, with shared threads."""
    django.setup(set_prefix=False)
    connection_created.connect(end_by_itself)
    return SharedThreads()


def end_by_itself(*, connection: BaseDatabaseWrapper, **_facts: object) -> None:
    """Let a new connection end somewhere in the second half of the age that it may reach."""
    oldest = connection.settings_dict["CONN_MAX_AGE"]
    if connection.close_at is not None and oldest:
        connection.close_at -= oldest / 2 * random.random()  # noqa: S311  no secret
