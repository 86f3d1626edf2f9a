"""Requests share a few threads, and with them a few database connections.

Django gives each request over ASGI a thread of its own. A connection that is kept open (CONN_MAX_AGE) belongs to its
thread, so each request opened another one, and those of ended threads stayed open until PostgreSQL had no more to give.
Here a request borrows a thread while it is worked on, not while its body comes or its answer goes: who sends or reads
slowly holds none.
"""

from asyncio import LifoQueue
from concurrent.futures import ThreadPoolExecutor

import django
from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.db import close_old_connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase

THREADS = 8  # in one process, which then has as many connections at most; the interpreter lock leaves no use for more


class SharedThreads(ASGIHandler):
    """Django's handler, whose requests borrow one of `threads` threads, or wait for one."""

    def __init__(self, threads: int = THREADS) -> None:
        super().__init__()
        self._free: LifoQueue[ThreadPoolExecutor] = LifoQueue()
        for number in range(threads):
            self._free.put_nowait(ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"request-{number}"))

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        thread = await self._free.get()
        try:
            async with ThreadSensitiveContext(executor=thread):
                await sync_to_async(close_old_connections)()  # what Django does at each request, but in this thread
                return await super().get_response_async(request)
        finally:
            self._free.put_nowait(thread)


def get_asgi_application() -> SharedThreads:
    """As Django's own, with shared threads."""
    django.setup(set_prefix=False)
    return SharedThreads()
