"""The clients' end: presses over kept HTTP connections, and open pages over WebSocket (RFC 6455), both without a
library, so that the load generator takes as little of the machine as it can."""

import asyncio
import base64
import json
import os
import struct
from collections.abc import Callable
from time import monotonic
from typing import Any, cast

from bench.world import Person, Phone

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
MASK = b"\0\0\0\0"  # a mask of zeros is one


class NotAnsweredError(Exception):
    """The request has no answer that could be relied on: sent again, it must not count twice."""


class Line:
    """One kept HTTP/1.1 connection, one request at a time. Opened again by itself."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def post(self, path: str, cookie: str, body: bytes, *, timeout_s: float) -> tuple[int, bytes]:
        """Status and body. Raises NotAnsweredError."""
        try:
            async with asyncio.timeout(timeout_s):
                return await self._post(path, cookie, body)
        except (OSError, TimeoutError, ValueError, asyncio.IncompleteReadError) as error:
            self.close()
            raise NotAnsweredError(repr(error)) from error
        except asyncio.CancelledError:
            self.close()
            raise

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None

    async def _post(self, path: str, cookie: str, body: bytes) -> tuple[int, bytes]:
        if self._reader is None or self._writer is None or self._reader.at_eof():  # a server ends idle connections
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port)
        self._writer.write(
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {cookie}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        head = await self._reader.readuntil(b"\r\n\r\n")
        status = int(head.split(b" ", 2)[1])
        fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)
        content = await self._reader.readexactly(int(fields[b"content-length"]))
        if fields.get(b"connection") == b"close":
            self.close()
        return status, content


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
