"""One side of RTSP, for cameras that behave as long as it serves them."""

import socketserver
import struct
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from time import sleep

MOST_BYTES = 1400
PACE_S = 0.04
SDP = "v=0\r\nc=IN IP4 {host}\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 {coding}/90000\r\na=control:{control}\r\n"
Units = list[list[bytes]]  # of each picture


@dataclass(frozen=True)
class Scene:
    """What a camera is made of: the listener it may name, and pictures to send."""

    elsewhere: str
    pictures: Units
    drawn: Random


class Talk:
    """One connection of one client."""

    def __init__(self, handler: socketserver.StreamRequestHandler, scene: Scene, first: str) -> None:
        self._handler, self.scene, self._asked = handler, scene, first
        self._sequence = 0

    def say(self, content: bytes) -> None:
        self._handler.wfile.write(content)

    def answer(self, status: int = 200, body: str = "", **fields: str) -> None:
        """To the request that was read last."""
        number = next((line[5:] for line in self._asked.split("\r\n") if line.lower().startswith("cseq:")), "0")
        head = {"CSeq": number.strip(), **{name.replace("_", "-"): value for name, value in fields.items()}}
        head.setdefault("Content-Length", str(len(body)))
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        self.say(f"RTSP/1.0 {status} Said\r\n{lines}\r\n{body}".encode())

    def hear(self) -> None:
        """The next request."""
        self._asked = read_request(self._handler)

    def begin(self, until: str = "PLAY", **described: str) -> None:
        """Behave well up to the answer of this request."""
        host = self.scene.elsewhere.partition(":")[0]
        sdp = {"host": host, "coding": "H264", "control": "trackID=0", **described}
        self.answer(body=SDP.format(**sdp), Content_Type="application/sdp")
        for request, fields in (("SETUP", {"Session": "7;timeout=60"}), ("PLAY", {"Session": "7"})):
            self.hear()
            if until == request:
                return
            self.answer(200, "", **fields)
        if until == "PLAYING":
            return

    def send(self, unit: bytes, ticks: int, *, last: bool, payload_type: int = 96) -> None:
        """A unit in as many packets as it takes."""
        parts = [unit]
        if len(unit) > MOST_BYTES:
            body = [unit[at : at + MOST_BYTES] for at in range(1, len(unit), MOST_BYTES)]
            marks = [0x80 * (at == 0) | 0x40 * (at == len(body) - 1) | unit[0] & 31 for at in range(len(body))]
            parts = [bytes([unit[0] & 0xE0 | 28, mark]) + part for mark, part in zip(marks, body, strict=True)]
        for number, part in enumerate(parts):
            marker = last and number == len(parts) - 1
            self.packet(part, ticks, marker=marker, payload_type=payload_type)

    def packet(self, payload: bytes, ticks: int, *, marker: bool, payload_type: int = 96) -> None:
        self._sequence = (self._sequence + 1) % 65536
        head = struct.pack(">BBHII", 0x80, marker << 7 | payload_type, self._sequence, ticks % 2**32, 1)
        self.say(b"$\0" + struct.pack(">H", len(head) + len(payload)) + head + payload)

    def play(self, change: Callable[[bytes, int], bytes]) -> None:
        """The pictures again and again, each unit changed."""
        number = 0
        while True:
            for units in self.scene.pictures:
                for place, unit in enumerate(units):
                    self.send(change(unit, number), number * 3600, last=place == len(units) - 1)
                number += 1
                sleep(PACE_S)


def read_request(handler: socketserver.StreamRequestHandler) -> str:
    """Raises ConnectionError where the client has gone."""
    lines = []
    while line := handler.rfile.readline(65536):
        lines.append(line.decode("latin-1"))
        if not line.strip():
            return "".join(lines)
    raise ConnectionError
