"""Whether anybody tried to reach anything.

What can be seen without tracing a process: a listener on loopback, to which the crafted files refer, counts what
connects or sends, and the open files of the decoding processes are looked through for sockets many times a second. A
socket that the sandbox refuses leaves no trace in either, nor does one that lives for less than a look; what the
sandbox refuses is asked in tests/lockdown/test_sandbox.py.
"""

import contextlib
import random
import selectors
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from types import TracebackType
from typing import Self

LOOK_EVERY_S = 0.03
NOTICED_S = 5.0
DECODERS = (b"decoder_child", b"live_child")


class Listener:
    """Takes down connections (TCP) and messages (UDP) to an address of loopback that nobody else here uses."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        host = f"127.{random.randint(1, 254)}.{random.randint(1, 254)}.{random.randint(1, 254)}"
        self._selector = selectors.DefaultSelector()
        self._tcp = socket.create_server((host, 0))
        self._where: tuple[str, int] = self._tcp.getsockname()
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._udp.bind(self._where)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)

    @property
    def address(self) -> str:
        """Host and port."""
        return f"{self._where[0]}:{self._where[1]}"

    def __enter__(self) -> Self:
        for one in (self._tcp, self._udp):
            one.settimeout(0)
            self._selector.register(one, selectors.EVENT_READ)
        self._thread.start()
        self._prove()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._ended.set()
        self._thread.join()
        for one in (self._selector, self._tcp, self._udp):
            one.close()

    def _prove(self) -> None:
        """Count one connection of our own, and forget it. Raises RuntimeError where it is not noticed."""
        socket.create_connection(self._where).close()
        until = monotonic() + NOTICED_S
        while not self.heard:
            if monotonic() > until:
                raise RuntimeError("the listener hears nothing")
            sleep(LOOK_EVERY_S)
        self.heard.clear()

    def _listen(self) -> None:
        while not self._ended.is_set():
            for key, _ in self._selector.select(0.1):
                with contextlib.suppress(OSError):
                    if key.fileobj is self._tcp:
                        caller, place = self._tcp.accept()
                        caller.close()
                    else:
                        _, place = self._udp.recvfrom(1 << 16)
                    self.heard.append(str(place))


class SocketWatch:
    """Looks for sockets among the open files of the decoding processes of the thread that made it."""

    def __init__(self) -> None:
        self.seen = 0
        self._children = Path(f"/proc/self/task/{threading.get_native_id()}/children")
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        pause = threading.Event()
        while not pause.wait(LOOK_EVERY_S):
            with contextlib.suppress(OSError):  # it has ended
                for pid in self._children.read_text().split():
                    self.seen += _sockets(Path("/proc") / pid)


def _sockets(process: Path) -> int:
    """None are counted before it has become the decoding process: until then it holds what its parent holds."""
    found = sum(target.startswith("socket:") for target in _open_files(process / "fd"))
    is_decoder = found and any(name in (process / "cmdline").read_bytes() for name in DECODERS)
    return found if is_decoder else 0


def _open_files(folder: Path) -> Iterator[str]:
    for link in folder.iterdir():
        with contextlib.suppress(OSError):
            yield str(link.readlink())
