"""Cameras that mean harm: one server on loopback, the path of whose address says how a camera misbehaves.

Where they can name another place they name the listener: whatever follows them is counted.
"""

import socketserver
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random
from time import sleep
from types import TracebackType
from typing import Self, cast

import av
from av.bitstream import BitStreamFilterContext

from bench.hostile.cases import Case, Way, laid
from bench.hostile.talking import MOST_BYTES, PACE_S, SDP, Scene, Talk, Units, read_request

LONG_S = 40.0
GIANT_PX = 65_520


Camera = Callable[[Talk], None]


def _redirecting(request: str, status: int, scheme: str) -> Camera:
    def camera(talk: Talk) -> None:
        location = f"{scheme}://{talk.scene.elsewhere}/live"
        if request != "DESCRIBE":
            talk.begin(until=request)
        talk.answer(status, Location=location)

    return camera


def _pointing(**described: str) -> Camera:
    def camera(talk: Talk) -> None:
        talk.begin(until="PLAYING", **{k: v.format(elsewhere=talk.scene.elsewhere) for k, v in described.items()})
        talk.play(lambda unit, _: unit)

    return camera


def _saying(content: bytes, then_s: float = 0) -> Camera:
    def camera(talk: Talk) -> None:
        talk.say(content)
        sleep(then_s)

    return camera


def _based_elsewhere(talk: Talk) -> None:
    place = f"rtsp://{talk.scene.elsewhere}/live"
    talk.answer(
        body=SDP.format(host="127.0.0.1", coding="H264", control="a"), Content_Base=place, Content_Location=place
    )
    talk.hear()
    talk.answer(Session="7", Transport=f"RTP/AVP;unicast;destination={talk.scene.elsewhere.partition(':')[0]}")
    talk.hear()
    talk.answer(Session="7", RTP_Info=f"url={place}")
    talk.play(lambda unit, _: unit)


def _trickling(talk: Talk) -> None:
    for byte in b"RTSP/1.0 200 OK\r\n" + b"X: y\r\n" * 1000:
        talk.say(bytes([byte]))
        sleep(0.5)


def _asking_for_ever(talk: Talk) -> None:
    while True:
        talk.answer(401, WWW_Authenticate='Digest realm="a", nonce="b", stale=true')
        talk.hear()


def _answering_another(talk: Talk) -> None:
    while True:
        talk.say(b"RTSP/1.0 200 OK\r\nCSeq: 99\r\n\r\n")
        sleep(0.01)


def _playing(change: Callable[[bytes, int], bytes]) -> Camera:
    def camera(talk: Talk) -> None:
        talk.begin(until="PLAYING")
        talk.play(change)

    return camera


def _spoiling(share: float) -> Camera:
    def camera(talk: Talk) -> None:
        drawn = talk.scene.drawn

        def spoil(unit: bytes, _number: int) -> bytes:
            return bytes(byte ^ (1 << drawn.randrange(8)) if drawn.random() < share else byte for byte in unit)

        talk.begin(until="PLAYING")
        talk.play(spoil)

    return camera


def _noise(talk: Talk) -> None:
    talk.begin(until="PLAYING")
    while True:
        talk.packet(talk.scene.drawn.randbytes(talk.scene.drawn.randrange(1, 1400)), 0, marker=True)
        sleep(0.001)


def _raw_noise(talk: Talk) -> None:
    talk.begin(until="PLAYING")
    while True:
        talk.say(talk.scene.drawn.randbytes(4096))


def _never_ending(talk: Talk) -> None:
    talk.begin(until="PLAYING")
    talk.packet(b"\x7c\x85" + bytes(MOST_BYTES), 0, marker=False)
    while True:
        talk.packet(b"\x7c\x05" + bytes(MOST_BYTES), 0, marker=False)


def _counted(value: int) -> str:
    """Exponential Golomb code."""
    digits = f"{value + 1:b}"
    return "0" * (len(digits) - 1) + digits


def _huge(talk: Talk) -> None:
    """Parameters that declare 65,520 by 65,520 points, as an encoder would write them."""
    talk.begin(until="PLAYING")
    blocks = _counted(GIANT_PX // 16 - 1)
    bits = "01000010" + "00000000" + "00110100"  # Baseline, level 5.2
    bits += "".join(map(_counted, (0, 0, 0, 0, 1))) + "0" + blocks + blocks + "1" + "1" + "0" + "0" + "1"
    bits += "0" * (-len(bits) % 8)
    parameters = b"\x67" + int(bits, 2).to_bytes(len(bits) // 8, "big")
    for number, units in enumerate(talk.scene.pictures * 20):
        for place, unit in enumerate([parameters, *units]):
            talk.send(unit, number * 3600, last=place == len(units))
        sleep(PACE_S)


CAMERAS: Mapping[str, Camera] = {
    **{
        f"{request.lower()} {status} to {scheme}": _redirecting(request, status, scheme)
        for request in ("DESCRIBE", "SETUP", "PLAY")
        for status in (301, 302, 305)
        for scheme in ("rtsp", "http", "file")
    },
    "base elsewhere": _based_elsewhere,
    "control elsewhere": _pointing(control="rtsp://{elsewhere}/track"),
    "control of a file": _pointing(control="file:///etc/passwd"),
    "control without end": _pointing(control="a" * 60_000),
    "another coding": _pointing(coding="VP9"),
    "a coding that is none": _pointing(coding="\0\xff"),
    "asks for ever": _asking_for_ever,
    "answers another question": _answering_another,
    "trickles": _trickling,
    "silent": _saying(b"", LONG_S),
    "closes at once": _saying(b""),
    "speaks HTTP": _saying(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\n\r\n"),
    "speaks TLS": _saying(bytes.fromhex("160303007a0200007603030000000000"), 1),
    "endless head": _saying(b"RTSP/1.0 200 OK\r\n" + b"X: " + b"y" * 1_000_000),
    "endless body": _saying(b"RTSP/1.0 200 OK\r\nContent-Length: 999999999999\r\n\r\n"),
    "body of many digits": _saying(b"RTSP/1.0 200 OK\r\nContent-Length: " + b"9" * 9000 + b"\r\n\r\n"),
    "nothing but zeros": _saying(bytes(1_000_000)),
    "packets before any answer": _saying(b"$\0\xff\xff" + bytes(65535) + b"$\1\0\0" * 10_000, 2),
    "noise in packets": _noise,
    "noise": _raw_noise,
    "a picture without end": _never_ending,
    "parameters of a giant": _huge,
    "one bit in a thousand": _spoiling(0.001),
    "one bit in twenty": _spoiling(0.05),
    "every byte": _spoiling(1.0),
    "units without content": _playing(lambda unit, _: unit[:1]),
    "units of zeros": _playing(lambda unit, _: unit[:1] + bytes(len(unit) - 1)),
    "units cut short": _playing(lambda unit, number: unit[: 1 + number % len(unit)]),
    "well-behaved": _pointing(),
}


class Cameras:
    """All of them behind one address."""

    def __init__(self, elsewhere: str, film: Path, seed: int) -> None:
        pictures = _pictures(film)

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                try:
                    first = read_request(self)
                    name = first.split()[1].rpartition("/")[2].replace("%20", " ")
                    CAMERAS[name](Talk(self, Scene(elsewhere, pictures, Random(f"{seed} {name}")), first))
                except (OSError, LookupError):
                    return

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    def cases(self) -> Iterator[Case]:
        host, port = cast("tuple[str, int]", self._server.server_address)
        for name in CAMERAS:
            url = f"rtsp://viewer:secret@{host}:{port}/{name.replace(' ', '%20')}"
            yield Case(f"camera: {name}", Way.WATCH, laid("camera.txt", url.encode()))
        for url in ("rtsp://192.0.2.1/live", "rtsp://[::1]/live", "http://127.0.0.1/", "rtsp://nobody.invalid/live"):
            yield Case(f"camera: {url}", Way.WATCH, laid("camera.txt", url.encode()))


def _pictures(film: Path) -> Units:
    with av.open(film) as container:
        stream = container.streams.video[0]
        split = BitStreamFilterContext("h264_mp4toannexb", stream)
        packets = [p for raw in container.demux(stream) for p in split.filter(raw if raw.size else None)]
    return [[unit.rstrip(b"\0") for unit in bytes(p).split(b"\0\0\1") if unit.rstrip(b"\0")] for p in packets]
