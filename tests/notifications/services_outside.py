"""Services outside the installation, as programs of this machine: what they were sent, and how they answer."""

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Asked:
    """One request as it came over the wire."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def bytes(self) -> bytes:
        head = "\n".join(f"{name}: {value}" for name, value in self.headers.items())
        return f"{self.path}\n{head}\n".encode() + self.body


@dataclass
class HttpService:
    """Answers each path with its status (201 unless told otherwise) and headers. `meanwhile` runs before the answer."""

    port: int
    asked: list[Asked] = field(default_factory=list)
    answers: dict[str, tuple[int, dict[str, str]]] = field(default_factory=dict)
    meanwhile: Callable[[], object] = lambda: None

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@contextmanager
def http_service() -> Iterator[HttpService]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            service.asked.append(Asked(self.path, dict(self.headers.items()), self.rfile.read(length)))
            service.meanwhile()
            status, headers = service.answers.get(self.path, (201, {}))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service = HttpService(server.server_port)
    thread = threading.Thread(target=server.serve_forever, args=[0.05])
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def silent_service(*, drip: bytes = b"") -> Iterator[int]:
    """The port of something that takes connections and says nothing, or one byte of `drip` each tenth of a second."""
    over = threading.Event()
    lines: list[socket.socket] = []
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(0.05)

    def take() -> None:
        while not over.is_set():
            try:
                line, _ = listening.accept()
            except TimeoutError:
                continue
            lines.append(line)
            threading.Thread(target=_drip, args=[line, drip, over], daemon=True).start()

    thread = threading.Thread(target=take)
    thread.start()
    try:
        yield int(listening.getsockname()[1])
    finally:
        over.set()
        thread.join()
        for line in (*lines, listening):
            line.close()


def _drip(line: socket.socket, drip: bytes, over: threading.Event) -> None:
    for byte in drip * 1000:
        if over.wait(0.1):
            return
        try:
            line.sendall(bytes([byte]))
        except OSError:
            return


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
