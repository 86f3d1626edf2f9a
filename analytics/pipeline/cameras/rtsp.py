"""Speaks RTSP 1.0 (RFC 2326) with one camera over one connection, the pictures interleaved in it.

Nothing a camera answers makes this side open another connection: a redirection is an error.
"""

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from time import monotonic
from typing import Final
from urllib.parse import urljoin

from analytics.pipeline.cameras.logins import Login
from analytics.pipeline.cameras.places import CameraPlace
from analytics.pipeline.cameras.rtp import AccessUnit, Assembler, parse_rtp
from analytics.pipeline.cameras.sdp import VideoTrack, parse_sdp
from analytics.pipeline.errors import (
    CameraGone,
    CameraRedirects,
    CameraRefuses,
    CameraSilent,
    CameraSpeaksOddly,
    CameraUnreachable,
)

CONNECT_S: Final = 2.0
ANSWER_S: Final = 5.0
SILENCE_S: Final = 4.0
MOST_HEAD_BYTES: Final = 16 << 10
MOST_BODY_BYTES: Final = 64 << 10
SESSION_S: Final = 60
OK, UNAUTHORISED = 200, 401
PICTURES: Final = 0  # the channel they come on


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    fields: Mapping[str, str]
    body: bytes


class RtspStream:
    """A stream that plays. `track` is what it is; use it through `play`."""

    def __init__(self, line: "_Line", place: CameraPlace) -> None:
        self._line, self._place, self._login = line, place, Login(place.user, place.password)
        self._number = 0
        self._session = ""
        self.track = self._describe()
        self.assembler = Assembler(self.track.coding)
        self._keep_alive_s = self._set_up()
        self._asked_at = monotonic()

    def units(self, silence_s: float = SILENCE_S) -> Iterator[AccessUnit]:
        """Pictures as they come, for ever. Raises CameraSilent when none came for so long, CameraGone at the end of
        the connection, CameraSpeaksOddly for what is no RTSP."""
        heard_at = monotonic()
        while True:
            payload = self._next_payload(heard_at + silence_s)
            packet = parse_rtp(payload)
            if packet is not None:
                for unit in self.assembler.add(packet):
                    heard_at = monotonic()
                    yield unit
            self._stay()

    def _next_payload(self, until: float) -> bytes:
        """The next packet of pictures; answers and other channels in between are passed over."""
        while True:
            channel, payload = self._line.frame(until)
            if channel == PICTURES:
                return payload

    def _stay(self) -> None:
        if monotonic() - self._asked_at > self._keep_alive_s:
            self._asked_at = monotonic()
            self._send("GET_PARAMETER", self._base)

    def _describe(self) -> VideoTrack:
        answer = self._ask("DESCRIBE", self._place.url, Accept="application/sdp")
        self._base = answer.fields.get("content-base") or answer.fields.get("content-location") or self._place.url
        return parse_sdp(answer.body.decode("utf-8", "replace"))

    def _set_up(self) -> float:
        """Set up and play; returns after how many seconds to say that we are still here."""
        transport = "RTP/AVP/TCP;unicast;interleaved=0-1"
        answer = self._ask("SETUP", _joined(self._base, self.track.control), Transport=transport)
        self._session, _, more = answer.fields.get("session", "").partition(";")
        if not self._session:
            raise CameraSpeaksOddly("no session")
        self._ask("PLAY", self._base, Range="npt=0-")
        said = _number(more.strip().removeprefix("timeout="), SESSION_S)
        return max(1, min(said, SESSION_S)) / 2

    def _ask(self, method: str, url: str, **fields: str) -> _Answer:
        answer = self._answered(method, url, fields)
        if answer.status == UNAUTHORISED and self._login.learn(answer.fields.get("www-authenticate", "")):
            answer = self._answered(method, url, fields)
        if answer.status // 100 == 3:
            raise CameraRedirects(answer.fields.get("location", "")[:200])
        if answer.status != OK:
            raise CameraRefuses(f"{method}: {answer.status}")
        return answer

    def _answered(self, method: str, url: str, fields: Mapping[str, str]) -> _Answer:
        self._send(method, url, fields)
        until = monotonic() + ANSWER_S
        while True:
            answer = self._line.answer(until)
            if answer.fields.get("cseq", str(self._number)) == str(self._number):
                return answer

    def _send(self, method: str, url: str, fields: Mapping[str, str] | None = None) -> None:
        self._number += 1
        said = {"CSeq": str(self._number), "User-Agent": "Tirek", **(fields or {})}
        if self._session:
            said["Session"] = self._session
        proof = self._login.proof(method, url)
        if proof:
            said["Authorization"] = proof
        head = "".join(f"{name}: {value}\r\n" for name, value in said.items())
        self._line.send(f"{method} {url} RTSP/1.0\r\n{head}\r\n".encode())


@contextmanager
def play(place: CameraPlace, address: str) -> Iterator[RtspStream]:
    """The camera's stream, playing, from `address` (see `places.address_of`) and from nowhere else.

    Raises CameraUnreachable, CameraRefuses (of the name, the password or the stream), CameraRedirects, CameraSilent,
    CameraGone, CameraSpeaksOddly, UnsupportedCodec.
    """
    try:
        connection = socket.create_connection((address, place.port), CONNECT_S)
    except OSError as error:
        raise CameraUnreachable(str(error)) from error
    with connection:
        try:
            yield RtspStream(_Line(connection), place)
        finally:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)  # wakes whoever still reads


class _Line:
    """The connection, read in pieces of a known size and until a known moment (of the steady clock)."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._buffer = bytearray()

    def send(self, content: bytes) -> None:
        try:
            self._connection.settimeout(ANSWER_S)
            self._connection.sendall(content)
        except OSError as error:
            raise CameraGone(str(error)) from error

    def frame(self, until: float) -> tuple[int, bytes]:
        """Channel and content of the next interleaved packet; an answer in between is read and dropped."""
        while self._peek(until) != b"$":
            self._answer(until)
        head = self._exactly(4, until)
        return head[1], self._exactly(int.from_bytes(head[2:], "big"), until)

    def answer(self, until: float) -> _Answer:
        """The next answer; packets in between are dropped."""
        while self._peek(until) == b"$":
            head = self._exactly(4, until)
            self._exactly(int.from_bytes(head[2:], "big"), until)
        return self._answer(until)

    def _answer(self, until: float) -> _Answer:
        while (end := self._buffer.find(b"\r\n\r\n")) < 0:
            if len(self._buffer) > MOST_HEAD_BYTES:
                raise CameraSpeaksOddly("an endless head")
            self._read(until)
        first, *lines = self._exactly(end + 4, until).decode("utf-8", "replace").split("\r\n")
        version, _, rest = first.partition(" ")
        status = rest[:3]
        if not version.startswith("RTSP/") or not status.isdecimal():
            raise CameraSpeaksOddly(first[:80])
        fields = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        length = _number(fields.get("content-length", "0"), -1)
        if not 0 <= length <= MOST_BODY_BYTES:
            raise CameraSpeaksOddly("a body without measure")
        return _Answer(int(status), fields, self._exactly(length, until))

    def _peek(self, until: float) -> bytes:
        while not self._buffer:
            self._read(until)
        return bytes(self._buffer[:1])

    def _exactly(self, size: int, until: float) -> bytes:
        while len(self._buffer) < size:
            self._read(until)
        content = bytes(self._buffer[:size])
        del self._buffer[:size]
        return content

    def _read(self, until: float) -> None:
        left_s = until - monotonic()
        if left_s <= 0:
            raise CameraSilent
        try:
            self._connection.settimeout(left_s)
            content = self._connection.recv(1 << 16)
        except TimeoutError as error:
            raise CameraSilent from error
        except OSError as error:
            raise CameraGone(str(error)) from error
        if not content:
            raise CameraGone("the connection was closed")
        self._buffer += content


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else otherwise


def _joined(base: str, control: str) -> str:
    if control in ("", "*"):
        return base
    return control if control.startswith("rtsp://") else urljoin(base.rstrip("/") + "/", control)
