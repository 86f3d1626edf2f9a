"""Requests share threads: no more than there are, each back when its work is done, and each with its own request."""

import asyncio
import threading
import time
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path
from django.utils import translation

from caseflow.threads import SharedThreads

THREADS = 3
seen: list[tuple[str, str]] = []
gate = threading.Event()
present = threading.Semaphore(0)


def waits(request: HttpRequest) -> HttpResponse:
    seen.append((threading.current_thread().name, request.GET["n"]))
    present.release()
    gate.wait(20)
    return HttpResponse(request.GET["n"])


def fails(_request: HttpRequest) -> HttpResponse:
    raise ValueError("of a view")


def speaks(request: HttpRequest) -> HttpResponse:
    translation.activate(request.GET["n"])
    time.sleep(0.01)
    return HttpResponse(translation.get_language())


urlpatterns = [path("waits/", waits), path("fails/", fails), path("speaks/", speaks)]
alone = override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[])


@pytest.fixture(autouse=True)
def fresh() -> Any:
    seen.clear()
    gate.clear()
    while present.acquire(blocking=False):
        continue
    with alone:
        yield
    gate.set()


class Client:
    """One request over ASGI. `leave` ends the line before the answer."""

    def __init__(self, handler: SharedThreads, to: str, query: str = "") -> None:
        self._handler = handler
        self._gone = asyncio.Event()
        self._sent = [{"type": "http.request", "body": b"", "more_body": False}]
        self.scope: dict[str, Any] = {
            "type": "http",
            "method": "GET",
            "path": to,
            "query_string": query.encode(),
            "headers": [(b"host", b"testserver")],
            "server": ("testserver", 80),
        }
        self.status, self.body = 0, b""

    async def ask(self) -> "Client":
        await self._handler(self.scope, self._receive, self._take)
        return self

    def leave(self) -> None:
        self._gone.set()

    async def _receive(self) -> dict[str, Any]:
        if self._sent:
            return self._sent.pop()
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _take(self, message: dict[str, Any]) -> None:
        self.status = message.get("status", self.status)
        self.body += message.get("body", b"")


async def arrived(number: int) -> None:
    for _ in range(number):
        assert await asyncio.to_thread(present.acquire, timeout=10)


async def test_no_more_work_at_once_than_there_are_threads_and_nobody_is_forgotten() -> None:
    handler = SharedThreads(THREADS)
    asked = [asyncio.create_task(Client(handler, "/waits/", f"n={n}").ask()) for n in range(THREADS * 3)]
    await arrived(THREADS)
    await asyncio.sleep(0.1)
    assert len(seen) == THREADS
    gate.set()
    answers = await asyncio.gather(*asked)
    assert [(one.status, one.body) for one in answers] == [(200, str(n).encode()) for n in range(THREADS * 3)]
    assert {name for name, _ in seen} == {f"request-{n}_0" for n in range(THREADS)}


async def test_who_leaves_gives_his_thread_back_only_when_its_work_is_done() -> None:
    handler = SharedThreads(1)
    leaving = Client(handler, "/waits/", "n=0")
    left = asyncio.create_task(leaving.ask())
    await arrived(1)
    leaving.leave()
    await asyncio.wait_for(left, 10)
    next_one = asyncio.create_task(Client(handler, "/waits/", "n=1").ask())
    await asyncio.sleep(0.1)
    assert [n for _, n in seen] == ["0"]
    gate.set()
    assert (await asyncio.wait_for(next_one, 10)).body == b"1"


async def test_who_leaves_while_waiting_for_a_thread_costs_none() -> None:
    handler = SharedThreads(1)
    first = asyncio.create_task(Client(handler, "/waits/", "n=0").ask())
    await arrived(1)
    waiting = Client(handler, "/waits/", "n=1")
    asked = asyncio.create_task(waiting.ask())
    await asyncio.sleep(0.05)
    waiting.leave()
    await asyncio.wait_for(asked, 10)
    gate.set()
    await first
    assert (await Client(handler, "/waits/", "n=2").ask()).body == b"2"
    assert [n for _, n in seen] == ["0", "2"]


async def test_a_view_that_fails_keeps_no_thread() -> None:
    handler = SharedThreads(1)
    for _ in range(3):
        assert (await Client(handler, "/fails/").ask()).status == 500


async def test_what_a_request_sets_for_itself_is_not_the_next_ones() -> None:
    handler = SharedThreads(2)
    before = translation.get_language()
    asked = [Client(handler, "/speaks/", f"n={language}").ask() for language in ("kk", "en", "ru") * 4]
    assert [one.body for one in await asyncio.gather(*asked)] == [b"kk", b"en", b"ru"] * 4
    assert translation.get_language() == before
