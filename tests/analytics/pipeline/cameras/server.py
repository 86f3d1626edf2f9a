"""A camera for tests: a process that loops an H.264 or H.265 file over RTSP, the packets interleaved.

    python -m tests.analytics.pipeline.cameras.server FILE PORT [WAY]

WAY: plain; digest or basic (name "viewer", password "s:e cret"); redirect (to the port of LOCATION); lossy (every 50th
packet is missing); garbled (nothing decodes); frozen (after the first round the same picture for ever); mute (plays and
sends nothing); odd (answers HTTP).
"""

import asyncio
import base64
import os
import random
import struct
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import md5
from typing import Any

import av
from av.bitstream import BitStreamFilterContext

USER, PASSWORD = "viewer", "s:e cret"
REALM, NONCE = "camera", "5f2d"
MOST_BYTES = 1400
TICKS = 90_000


@dataclass(frozen=True)
class Picture:
    """Its time in seconds from the start of the file, when it is due, and its units."""

    shown_s: float
    due_s: float
    units: tuple[bytes, ...]


class Film:
    """A file as a camera would send it."""

    def __init__(self, path: str) -> None:
        with av.open(path) as container:
            stream = container.streams.video[0]
            self.coding = {"h264": "H264", "hevc": "H265"}[stream.codec_context.name]
            split = BitStreamFilterContext("h264_mp4toannexb" if self.coding == "H264" else "hevc_mp4toannexb", stream)
            packets = [p for raw in container.demux(stream) for p in split.filter(raw if raw.size else None)]
        times = [(_seconds(p.pts, p), _seconds(p.dts, p)) for p in packets]
        first, due = min(shown for shown, _ in times), min(due for _, due in times)
        self.pictures = [
            Picture(shown_s - first, due_s - due, tuple(_units(bytes(packet))))
            for packet, (shown_s, due_s) in zip(packets, times, strict=True)
        ]
        last = self.pictures[-1].due_s
        self.length_s = last + last / max(1, len(self.pictures) - 1)

    @property
    def parameters(self) -> str:
        """For the description; of H.265 they come with the pictures alone."""
        if self.coding == "H265":
            return ""
        first = [unit for unit in self.pictures[0].units if unit[0] & 31 in (7, 8)]
        return "sprop-parameter-sets=" + ",".join(base64.b64encode(unit).decode() for unit in first)


def _seconds(ticks: int | None, packet: Any) -> float:
    return float((ticks or 0) * packet.time_base)


def _units(stream: bytes) -> Iterator[bytes]:
    for part in stream.split(b"\0\0\1"):
        unit = part.rstrip(b"\0")
        if unit:
            yield unit


class Sender:
    """Cuts pictures into RTP packets."""

    def __init__(self, film: Film, way: str) -> None:
        self._film, self._way = film, way
        self._sequence = random.randrange(1 << 16)
        self._ticks = random.randrange(1 << 31)
        self._sent = 0

    def packets(self, picture: Picture, at_s: float) -> Iterator[bytes]:
        payloads = [payload for unit in picture.units for payload in self._fragments(unit)]
        for number, payload in enumerate(payloads):
            last = number == len(payloads) - 1
            head = struct.pack(
                ">BBHII", 0x80, last << 7 | 96, self._sequence, (self._ticks + round(at_s * TICKS)) % 2**32, 1
            )
            self._sequence = (self._sequence + 1) % (1 << 16)
            self._sent += 1
            if self._way == "garbled":
                payload = payload[:1] + bytes(len(payload) - 1)
            if self._way != "lossy" or self._sent % 50:
                yield b"$\0" + struct.pack(">H", len(head) + len(payload)) + head + payload

    def _fragments(self, unit: bytes) -> Iterator[bytes]:
        if len(unit) <= MOST_BYTES:
            yield unit
            return
        h264 = self._film.coding == "H264"
        body = unit[1:] if h264 else unit[2:]
        for at in range(0, len(body), MOST_BYTES):
            flags = (at == 0) << 7 | (at + MOST_BYTES >= len(body)) << 6
            if h264:
                head = bytes([unit[0] & 0xE0 | 28, flags | unit[0] & 31])
            else:
                head = bytes([unit[0] & 0x81 | 49 << 1, unit[1], flags | unit[0] >> 1 & 63])
            yield head + body[at : at + MOST_BYTES]


class Camera:
    def __init__(self, film: Film, way: str) -> None:
        self._film, self._way = film, way

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        playing: asyncio.Task[None] | None = None
        try:
            while True:
                first = await reader.readexactly(1)
                if first == b"$":
                    _, length = struct.unpack(">BH", await reader.readexactly(3))
                    await reader.readexactly(length)
                    continue
                request = (first + await reader.readuntil(b"\r\n\r\n")).decode()
                writer.write(self._answer(request))
                await writer.drain()
                if request.startswith("PLAY "):
                    playing = asyncio.create_task(self._play(writer))
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            if playing:
                playing.cancel()
            writer.close()

    def _answer(self, request: str) -> bytes:
        method, url, *_ = request.split()
        fields = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in request.split("\r\n")[1:])}
        if self._way == "odd":
            return b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        if self._way == "redirect":
            return _said(302, fields, Location=os.environ["LOCATION"])
        if self._way in ("digest", "basic") and not self._is_known(method, url, fields.get("authorization", "")):
            asked = f'Digest realm="{REALM}", nonce="{NONCE}"' if self._way == "digest" else f'Basic realm="{REALM}"'
            return _said(401, fields, **{"WWW-Authenticate": asked})
        if method == "DESCRIBE":
            return _said(200, fields, self._description(), **{"Content-Base": url, "Content-Type": "application/sdp"})
        if method == "SETUP":
            return _said(200, fields, Transport="RTP/AVP/TCP;unicast;interleaved=0-1", Session="7;timeout=2")
        return _said(200, fields, Session="7")

    def _description(self) -> str:
        parameters = self._film.parameters
        return "".join(
            f"{line}\r\n"
            for line in (
                "v=0", "o=- 0 0 IN IP4 127.0.0.1", "s=camera", "t=0 0", "m=audio 0 RTP/AVP 0", "a=control:trackID=1",
                "m=video 0 RTP/AVP 96", f"a=rtpmap:96 {self._film.coding}/{TICKS}",
                f"a=fmtp:96 packetization-mode=1;{parameters}", "a=control:trackID=0",
            )
        )  # fmt: skip

    def _is_known(self, method: str, url: str, said: str) -> bool:
        if self._way == "basic":
            return said == "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        secret, asked = _md5(f"{USER}:{REALM}:{PASSWORD}"), _md5(f"{method}:{url}")
        return f'response="{_md5(f"{secret}:{NONCE}:{asked}")}"' in said

    async def _play(self, writer: asyncio.StreamWriter) -> None:
        sender, began, rounds = Sender(self._film, self._way), time.monotonic(), 0
        while self._way != "mute":
            pictures: Sequence[Picture] = self._film.pictures
            if self._way == "frozen" and rounds:
                pictures = [Picture(p.shown_s, p.due_s, pictures[0].units) for p in pictures]
            for picture in pictures:
                after_s = rounds * self._film.length_s
                await asyncio.sleep(max(0.0, began + after_s + picture.due_s - time.monotonic()))
                for packet in sender.packets(picture, after_s + picture.shown_s):
                    writer.write(packet)
                await writer.drain()
            rounds += 1


def _said(status: int, asked: dict[str, str], body: str = "", **fields: str) -> bytes:
    head = {"CSeq": asked.get("cseq", "0"), **fields, "Content-Length": str(len(body))}
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    return f"RTSP/1.0 {status} Said\r\n{lines}\r\n{body}".encode()


def _md5(text: str) -> str:
    return md5(text.encode(), usedforsecurity=False).hexdigest()


async def main(path: str, port: int, way: str = "plain") -> None:
    camera = Camera(Film(path), way)
    server = await asyncio.start_server(camera.serve, "127.0.0.1", port)
    print("ready", server.sockets[0].getsockname()[1], flush=True)  # noqa: T201 # for whoever started it
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:]))
