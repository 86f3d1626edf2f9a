"""The line between a program of ours and a server, which can be cut or stand still: a partition."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

CHUNK = 65536


@dataclass
class Proxy:
    """Passes on what comes to `port` to `target` on this machine."""

    port: int
    target: int
    _through: asyncio.Event = field(default_factory=asyncio.Event)
    _cut: bool = False
    _lines: set[asyncio.StreamWriter] = field(default_factory=set)
    _server: asyncio.Server | None = None

    async def start(self) -> None:
        self._through.set()
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
        self._end_lines()

    async def cut(self, for_s: float) -> None:
        """End every line and refuse new ones, for a while."""
        self._cut = True
        self._end_lines()
        await asyncio.sleep(for_s)
        self._cut = False

    async def stand_still(self, for_s: float) -> None:
        """Let nothing pass for a while; then everything that was sent meanwhile arrives."""
        self._through.clear()
        await asyncio.sleep(for_s)
        self._through.set()

    def _end_lines(self) -> None:
        for writer in tuple(self._lines):
            with suppress(OSError, RuntimeError):
                writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._lines.add(writer)
        try:
            if self._cut:
                return
            there, back = await asyncio.open_connection("127.0.0.1", self.target)
            self._lines.add(back)
            try:
                await asyncio.gather(self._pass(reader, back), self._pass(there, writer))
            finally:
                self._lines.discard(back)
                back.transport.abort()
        except (OSError, asyncio.CancelledError):  # asked to end with the benchmark
            return
        finally:
            self._lines.discard(writer)
            writer.transport.abort()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while content := await reader.read(CHUNK):
                await self._through.wait()
                writer.write(content)
                await writer.drain()
        except OSError:
            return
        finally:
            writer.close()
