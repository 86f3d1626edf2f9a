"""A push service on this machine: answers after a while, refuses, or says nothing."""

import asyncio
import random
from contextlib import suppress
from dataclasses import dataclass

USUAL_S = (0.02, 0.2)
TAKEN = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
FAILING = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@dataclass
class Provider:
    port: int
    drawn: random.Random
    taken: int = 0
    _down: str = ""
    _server: asyncio.Server | None = None

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}/push/one"

    async def go_down(self, for_s: float, how: str) -> None:
        """For a while it is "failing" (503), or "silent"."""
        self._down = how
        await asyncio.sleep(for_s)
        self._down = ""

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(OSError, asyncio.IncompleteReadError, TimeoutError):
                async with asyncio.timeout(20):
                    await reader.readuntil(b"\r\n\r\n")
                    await self._answer(writer)
        finally:
            writer.close()

    async def _answer(self, writer: asyncio.StreamWriter) -> None:
        if self._down == "silent":
            await asyncio.sleep(10)
            return
        await asyncio.sleep(self.drawn.uniform(*USUAL_S))
        if self._down:
            writer.write(FAILING)
        else:
            writer.write(TAKEN)
            self.taken += 1
        await writer.drain()
