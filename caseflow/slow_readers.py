"""Ends sockets whose browser has stopped reading.

A server may hold what a browser does not take, and wait: uvicorn's ping notices after a while, but its close waits for
the same bytes to be taken. So what is held for one socket is bounded, in this process and in the kernel, and a socket
whose buffer stays full is cut off. Nothing is lost: the page comes again with its cursor.
"""

import asyncio
import socket
import struct
from asyncio.transports import BaseTransport

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

STUCK_S = 10.0
HELD_BYTES = 64 * 1024  # in the process; a message more at most
KERNEL_BYTES = 64 * 1024  # Linux doubles it
AT_ONCE = struct.pack("ii", 1, 0)  # linger for no time: what is held is thrown away


class BoundedSockets(WebSocketsSansIOProtocol):
    """uvicorn's socket with an end for those who do not read. Named to it by `--ws`."""

    _cut: asyncio.TimerHandle | None = None

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)
        self.transport.set_write_buffer_limits(high=HELD_BYTES)
        line = transport.get_extra_info("socket")
        if line is not None:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BYTES)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._cut_off_later()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._go_on()

    def keepalive_timeout(self) -> None:
        super().keepalive_timeout()
        self._cut_off_later()

    def connection_lost(self, exc: Exception | None) -> None:
        self._go_on()
        super().connection_lost(exc)

    def _cut_off_later(self) -> None:
        if self._cut is None:
            self._cut = self.loop.call_later(STUCK_S, self._cut_off)

    def _cut_off(self) -> None:
        line = self.transport.get_extra_info("socket")
        if line is not None:  # else the kernel would go on offering what it holds for minutes
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        self.transport.abort()

    def _go_on(self) -> None:
        if self._cut is not None:
            self._cut.cancel()
            self._cut = None
