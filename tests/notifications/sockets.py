"""A page's end of the socket, through the whole ASGI application."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any

from channels.db import database_sync_to_async as off_loop
from channels.testing import WebsocketCommunicator
from django.test import Client

from caseflow.asgi import application
from tests.notifications.factories import cookie

ORIGIN = "http://testserver"

START = "0"  # the cursor before everything


class Page:
    """An open page: what it received, and where it would go on from."""

    def __init__(self, socket: WebsocketCommunicator) -> None:
        self.socket = socket
        self.received: list[int] = []
        self.cursor = ""
        self.unread: int | None = None

    async def resume(self, cursor: str | None = None) -> None:
        await self.socket.send_json_to({"type": "resume", "cursor": self.cursor if cursor is None else cursor})

    async def message(self, timeout_s: float = 3) -> dict[str, Any]:
        """The next message, taken in."""
        message: dict[str, Any] = await self.socket.receive_json_from(timeout=timeout_s)
        if message["type"] == "alerts":
            self.received += [item["id"] for item in message["items"]]
            self.cursor, self.unread = message["cursor"], message["unread"]
        return message

    async def receive(self, number: int, within_s: float = 5) -> list[int]:
        """What was received once there are `number` alerts. Raises TimeoutError."""
        deadline = monotonic() + within_s
        while len(self.received) < number:
            await self.message(timeout_s=max(0.01, deadline - monotonic()))
        return self.received

    async def closed(self, within_s: float = 5) -> int:
        """The code with which the server ended the socket; other messages before it are passed over."""
        deadline = monotonic() + within_s
        while True:
            sent = await self.socket.receive_output(timeout=max(0.01, deadline - monotonic()))
            if sent["type"] == "websocket.close":
                return int(sent["code"])


def socket_of(browser: Client, origin: str | None = ORIGIN, **headers: str) -> WebsocketCommunicator:
    named = {"host": "testserver", "cookie": cookie(browser), **headers} | ({"origin": origin} if origin else {})
    return WebsocketCommunicator(
        application, "/ws/alerts/", headers=[(name.encode(), value.encode()) for name, value in named.items()]
    )


async def accepted(socket: WebsocketCommunicator) -> bool:
    """Whether the handshake was answered with a socket."""
    connected, _ = await socket.connect(timeout=5)
    return bool(connected)


@asynccontextmanager
async def page_of(browser: Client, **headers: str) -> AsyncIterator[Page]:
    """An accepted socket, closed at the end."""
    socket = socket_of(browser, **headers)
    assert await accepted(socket)
    try:
        yield Page(socket)
    finally:
        await socket.disconnect()


async def until(holds: Callable[[], bool], within_s: float = 10) -> None:
    """Wait for something that happens beside us. Raises TimeoutError."""
    async with asyncio.timeout(within_s):
        while not holds():  # noqa: ASYNC110  it happens in the code under test, which tells nobody
            await asyncio.sleep(0.02)


__all__ = ["ORIGIN", "Page", "accepted", "off_loop", "page_of", "socket_of", "until"]
