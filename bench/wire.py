"""The clients' end: presses, and open pages over WebSocket (RFC 6455). Without a library, as `bench.lines`."""

import asyncio
import base64
import json
import os
import struct
from collections.abc import Callable
from time import monotonic
from typing import Any, cast

from bench.lines import Line, NotAnsweredError
from bench.people import Person
from bench.world import Phone

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
MASK = b"\0\0\0\0"  # a mask of zeros is one


async def press(line: Line, phone: Phone, client_key: str, *, timeout_s: float) -> str:
    """The id of the alarm the server answers with. Raises NotAnsweredError for anything but a durable answer."""
    body = json.dumps({"client_key": client_key, "anonymous": True}).encode()
    status, content = await line.post("/panic/press/", f"alarm_key={phone.key}", body, timeout_s=timeout_s)
    if status != 200:
        raise NotAnsweredError(str(status))
    return str(json.loads(content)["id"])


Heard = Callable[[Person, dict[str, Any], float], None]


class Page(asyncio.Protocol):
    """One open page: asks from its cursor, hands every message on with the time it came, answers pings."""

    def __init__(self, person: Person, port: int, cursor: str | None, heard: Heard) -> None:
        self.person = person
        self.cursor = cursor
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.gone: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._port = port
        self._heard = heard
        self._held = b""
        self._open = False
        self._code = 1006
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        key = base64.b64encode(os.urandom(16)).decode()
        self.transport.write(
            f"GET /ws/alerts/ HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
            f"Origin: http://127.0.0.1:{self._port}\r\nCookie: {self.person.cookie}\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        self._held += data
        if not self._open:
            head, found, rest = self._held.partition(b"\r\n\r\n")
            if not found:
                return
            if b" 101 " not in head.split(b"\r\n", 1)[0]:
                self.drop()
                return
            self._held, self._open = rest, True
            self.send({"type": "resume", "cursor": self.cursor})
        while self._frame():
            pass

    def connection_lost(self, error: Exception | None) -> None:
        if not self.ready.done():
            self.ready.set_result(None)
        if not self.gone.done():
            self.gone.set_result(self._code)

    def send(self, command: dict[str, Any]) -> None:
        self._write(TEXT, json.dumps(command).encode())

    def drop(self) -> None:
        """As a lost network does it: without a word."""
        if self.transport is not None:
            self.transport.abort()

    def _frame(self) -> bool:
        """Take one whole frame from what is held; servers do not mask, and ours do not fragment."""
        held = self._held
        if len(held) < 2:
            return False
        kind, length, start = held[0] & 15, held[1] & 127, 2
        if length == 126:
            start, length = 4, int.from_bytes(held[2:4], "big")
        elif length == 127:
            start, length = 10, int.from_bytes(held[2:10], "big")
        if len(held) < start + length:
            return False
        content, self._held = held[start : start + length], held[start + length :]
        self._take(kind, content)
        return True

    def _take(self, kind: int, content: bytes) -> None:
        if kind == PING:
            self._write(PONG, content)
        elif kind == CLOSE:
            self._code = int.from_bytes(content[:2], "big") if len(content) >= 2 else 1005
            if self.transport is not None:
                self.transport.close()
        elif kind == TEXT:
            message = json.loads(content)
            if message["type"] == "alerts":
                self.cursor = message["cursor"]
                if not self.ready.done():
                    self.ready.set_result(None)
                self._heard(self.person, message, monotonic())

    def _write(self, kind: int, content: bytes) -> None:
        size = len(content)
        head = (
            struct.pack("!BB", 0x80 | kind, 0x80 | size) if size < 126 else struct.pack("!BBH", 0x80 | kind, 254, size)
        )
        if self.transport is not None and not self.transport.is_closing():
            self.transport.write(head + MASK + content)


async def open_page(person: Person, port: int, cursor: str | None, heard: Heard, *, timeout_s: float = 60) -> Page:
    """A page that has had its first answer. Raises NotAnsweredError."""
    loop = asyncio.get_running_loop()
    page = Page(person, port, cursor, heard)
    try:
        async with asyncio.timeout(timeout_s):
            await loop.create_connection(lambda: page, "127.0.0.1", port)
            await page.ready
    except (OSError, TimeoutError) as error:
        page.drop()
        raise NotAnsweredError(repr(error)) from error
    if page.gone.done():
        raise NotAnsweredError(str(page.gone.result()))
    return page
