"""Requests share threads: no more than there are, each back when its work is done, and each with its own request."""

import asyncio
import threading
import time
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path
from django.utils import translation

from caseflow.threads import AT_ONCE, SharedThreads, end_by_itself

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


def computes(_request: HttpRequest) -> HttpResponse:
    until = time.thread_time() + 0.05
    while time.thread_time() < until:
        pass
    return names(_request)


def names(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(threading.current_thread().name)


urlpatterns = [
    path("waits/", waits),
    path("fails/", fails),
    path("speaks/", speaks),
    path("names/", names),
    path("computes/", computes),
]
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


async def test_a_request_waits_a_moment_for_a_thread_that_has_worked_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("caseflow.threads.PATIENCE_S", 10)
    handler = SharedThreads(THREADS)
    asked = [asyncio.create_task(Client(handler, "/names/", f"n={n}").ask()) for n in range(THREADS * 3)]
    assert len({one.body for one in await asyncio.gather(*asked)}) <= AT_ONCE


async def test_a_process_that_computes_takes_no_more_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """They would only wait for each other, each with a connection that has planned nothing yet."""
    monkeypatch.setattr("caseflow.threads.PATIENCE_S", 0.02)
    monkeypatch.setattr("caseflow.threads.LONGEST", 1000)
    monkeypatch.setattr("caseflow.threads.process_time", time.monotonic)  # always busy, whoever has the cores
    handler = SharedThreads(THREADS)
    asked = [asyncio.create_task(Client(handler, "/computes/").ask()) for _ in range(12)]
    assert len({one.body for one in await asyncio.gather(*asked)}) <= AT_ONCE


async def test_it_waits_no_longer_than_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("caseflow.threads.PATIENCE_S", 0.01)
    handler = SharedThreads(THREADS)
    held = [asyncio.create_task(Client(handler, "/waits/", f"n={n}").ask()) for n in range(AT_ONCE)]
    await arrived(AT_ONCE)
    third = (await asyncio.wait_for(Client(handler, "/names/").ask(), 10)).body.decode()
    assert third not in {name for name, _ in seen}
    gate.set()
    await asyncio.gather(*held)


async def test_after_the_longest_wait_even_a_computing_process_takes_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("caseflow.threads.PATIENCE_S", 0.005)
    monkeypatch.setattr("caseflow.threads.BUSY", 0)
    monkeypatch.setattr("caseflow.threads.LONGEST", 3)
    handler = SharedThreads(THREADS)
    held = [asyncio.create_task(Client(handler, "/waits/", f"n={n}").ask()) for n in range(AT_ONCE)]
    await arrived(AT_ONCE)
    assert (await asyncio.wait_for(Client(handler, "/names/").ask(), 10)).status == 200
    gate.set()
    await asyncio.gather(*held)


async def test_who_leaves_just_as_a_thread_comes_gives_it_to_the_next() -> None:
    handler = SharedThreads(1)
    thread = await handler._borrow()
    waiting = asyncio.create_task(handler._borrow())
    await asyncio.sleep(0.01)
    handler._free.put_nowait(thread)
    await asyncio.sleep(0)  # the inner wait has it now, the one around does not know yet
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    assert await asyncio.wait_for(handler._borrow(), 5) is thread


def test_connections_that_begin_together_do_not_end_together() -> None:
    begun = [SimpleNamespace(close_at=1000.0 + 600, settings_dict={"CONN_MAX_AGE": 600}) for _ in range(50)]
    for connection in begun:
        end_by_itself(connection=cast("Any", connection))
    ends = [connection.close_at for connection in begun]
    assert all(1300 <= end <= 1600 for end in ends)
    assert max(ends) - min(ends) > 30
    for age, close_at in ((None, None), (0, 1000.0)):
        kept = SimpleNamespace(close_at=close_at, settings_dict={"CONN_MAX_AGE": age})
        end_by_itself(connection=cast("Any", kept))
        assert kept.close_at == close_at
