"""Kept HTTP connections of a load generator, without a library, so that it takes as little of the machine as it can."""

import asyncio


class NotAnsweredError(Exception):
    """The request has no answer that could be relied on: sent again, it must not count twice."""


class Line:
    """One kept HTTP/1.1 connection, one request at a time. Opened again by itself."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def post(self, path: str, cookie: str, body: bytes, *, timeout_s: float) -> tuple[int, bytes]:
        """Status and body of the answer to some JSON. Raises NotAnsweredError."""
        return await self.ask("POST", path, cookie, body, kind="application/json", timeout_s=timeout_s)

    async def ask(
        self, method: str, path: str, cookie: str, body: bytes, *, kind: str, timeout_s: float
    ) -> tuple[int, bytes]:
        """Status and body. Raises NotAnsweredError."""
        try:
            async with asyncio.timeout(timeout_s):
                return await self._ask(method, path, cookie, body, kind)
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

    async def _ask(self, method: str, path: str, cookie: str, body: bytes, kind: str) -> tuple[int, bytes]:
        if self._reader is None or self._writer is None or self._reader.at_eof():  # a server ends idle connections
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port)
        self._writer.write(
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {cookie}\r\n"
            f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        head = await self._reader.readuntil(b"\r\n\r\n")
        status = int(head.split(b" ", 2)[1])
        fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)
        content = await self._reader.readexactly(int(fields[b"content-length"]))
        if fields.get(b"connection") == b"close":
            self.close()
        return status, content
