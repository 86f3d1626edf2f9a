"""Requests share a few threads, and with them a few database connections.

Django gives each request over ASGI a thread of its own. A connection that is kept open (CONN_MAX_AGE) belongs to its
thread, so each request opened another one, and those of ended threads stayed open until PostgreSQL had no more to give.
Here a request borrows a thread while it is worked on, not while its body comes or its answer goes: who sends or reads
slowly holds none.
"""

import contextvars
from asyncio import AbstractEventLoop, LifoQueue, get_running_loop, wrap_future
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import django
from django.core.handlers.asgi import ASGIHandler
from django.db import close_old_connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase

# In one process, which then has as many connections at most; a press waits in one for those it is taken with.
THREADS = 16


class SharedThreads(ASGIHandler):
    """Django's handler, whose requests borrow one of `threads` threads, or wait for one.

    Middleware and views run from end to end in that thread, as under WSGI: there is no asynchronous view here, and each
    hop between thread and event loop costs more than what it hops for.
    """

    def __init__(self, threads: int = THREADS) -> None:
        super().__init__()
        self._free: LifoQueue[ThreadPoolExecutor] = LifoQueue()
        for number in range(threads):
            self._free.put_nowait(ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"request-{number}"))

    def load_middleware(self, is_async: bool = False) -> None:  # noqa: FBT001, FBT002  Django's signature
        """As under WSGI, whatever is asked for."""
        super().load_middleware(is_async=False)

    async def __call__(self, scope: dict[str, Any], receive: Callable[[], Any], send: Callable[[Any], Any]) -> None:
        """One request. Django's own gives each a thread besides, for what it does around the answer."""
        await self.handle(scope, receive, send)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        thread, loop = await self._free.get(), get_running_loop()
        working = thread.submit(contextvars.copy_context().run, self._respond, request)
        # When the work is done, not when nobody waits for it any more: whoever has gone leaves his request running.
        working.add_done_callback(lambda _: self._give_back(thread, loop))
        return await wrap_future(working)

    def _respond(self, request: HttpRequest) -> HttpResponseBase:
        close_old_connections()  # what Django does at each request, but in this thread
        return self.get_response(request)

    def _give_back(self, thread: ThreadPoolExecutor, loop: AbstractEventLoop) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(self._free.put_nowait, thread)


def get_asgi_application() -> SharedThreads:
    """As Django's own, with shared threads."""
    django.setup(set_prefix=False)
    return SharedThreads()
