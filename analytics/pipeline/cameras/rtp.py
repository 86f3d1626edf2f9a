"""From RTP packets to access units: RFC 3550, RFC 6184 (H.264), RFC 7798 (H.265). Pure; the sender is not trusted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

RTP_VERSION: Final = 2
FIXED_HEAD_BYTES: Final = 12
SEQUENCES: Final = 1 << 16
TICKS: Final = 1 << 32
JUMP: Final = 900_000  # ten seconds by the clock that all cameras use
MOST_BYTES: Final = 8 << 20  # of one access unit; a 4K keyframe has one to two million
START_CODE: Final = b"\0\0\0\1"


class Coding(StrEnum):
    """By their names in an SDP, in lower case."""

    H264 = "h264"
    H265 = "h265"


@dataclass(frozen=True, slots=True)
class RtpPacket:
    """The parts of a packet that are used. `ticks` is its time stamp as sent."""

    sequence: int
    ticks: int
    marker: bool
    payload: bytes


@dataclass(frozen=True, slots=True)
class AccessUnit:
    """One coded picture as a byte stream (Annex B) and its time in ticks since the first one. `is_key` tells a picture
    that needs none before it."""

    ticks: int
    content: bytes
    is_key: bool


def parse_rtp(packet: bytes) -> RtpPacket | None:
    """None for what is no RTP packet."""
    if len(packet) < FIXED_HEAD_BYTES or packet[0] >> 6 != RTP_VERSION:
        return None
    at = FIXED_HEAD_BYTES + 4 * (packet[0] & 0x0F)
    if packet[0] & 0x10:
        at += 4 + 4 * int.from_bytes(packet[at + 2 : at + 4], "big")
    end = len(packet) - (packet[-1] if packet[0] & 0x20 else 0)
    if at >= end:
        return None
    sequence, ticks = int.from_bytes(packet[2:4], "big"), int.from_bytes(packet[4:8], "big")
    return RtpPacket(sequence, ticks, bool(packet[1] & 0x80), packet[at:end])


@dataclass
class Assembler:
    """Puts packets of one stream together. A unit of which a packet is missing is dropped and counted in `damaged`."""

    coding: Coding
    damaged: int = 0
    _units: list[bytes] = field(default_factory=list)
    _part: bytearray | None = None
    _spoilt: bool = False
    _sequence: int | None = None
    _ticks: int | None = None
    _elapsed: int = 0

    def add(self, packet: RtpPacket) -> Iterator[AccessUnit]:
        """Take the next packet; yields what it completes: at most the unit before and its own."""
        gap = self._sequence is not None and packet.sequence != (self._sequence + 1) % SEQUENCES
        self._sequence = packet.sequence
        if packet.ticks != self._ticks and self._is_pending():  # a sender that sets no marker, or it was lost
            self._spoilt |= gap
            yield from self._finished()
        self._spoilt |= gap
        self._note_time(packet.ticks)
        self._unpack(packet.payload)
        if packet.marker:
            yield from self._finished()

    def _note_time(self, ticks: int) -> None:
        if self._ticks is not None:
            step = (ticks - self._ticks) % TICKS
            step -= TICKS if step >= TICKS // 2 else 0  # pictures may come in another order
            self._elapsed += step if abs(step) < JUMP else 0  # a camera whose clock was set
        self._ticks = ticks

    def _is_pending(self) -> bool:
        return bool(self._units) or self._part is not None or self._spoilt

    def _finished(self) -> Iterator[AccessUnit]:
        units, spoilt = self._units, self._spoilt or self._part is not None
        self._units, self._part, self._spoilt = [], None, False
        if spoilt or not units:
            self.damaged += 1
        else:
            content = b"".join(START_CODE + unit for unit in units)
            yield AccessUnit(self._elapsed, content, any(map(self._is_key, units)))

    def _unpack(self, payload: bytes) -> None:
        head_bytes, aggregate, fragment = (1, 24, 28) if self.coding == Coding.H264 else (2, 48, 49)
        if len(payload) <= head_bytes:
            self._spoilt = True
            return
        kind = self._kind(payload)
        if kind == aggregate:
            self._units += self._aggregated(payload[head_bytes:])
        elif kind == fragment:
            self._join(payload, head_bytes)
        else:
            self._units.append(payload)
        if sum(map(len, self._units)) + len(self._part or b"") > MOST_BYTES:
            self._units, self._part, self._spoilt = [], None, True

    def _aggregated(self, payload: bytes) -> list[bytes]:
        units = []
        while len(payload) > 2:
            size = int.from_bytes(payload[:2], "big")
            unit, payload = payload[2 : 2 + size], payload[2 + size :]
            if not size or len(unit) < size:
                self._spoilt = True
                break
            units.append(unit)
        return units

    def _join(self, payload: bytes, head_bytes: int) -> None:
        begins, ends = payload[head_bytes] & 0x80, payload[head_bytes] & 0x40
        if begins:
            self._part = bytearray(self._head_of_fragmented(payload))
        if self._part is None:
            self._spoilt = True
            return
        self._part += payload[head_bytes + 1 :]
        if ends:
            self._units.append(bytes(self._part))
            self._part = None

    def _head_of_fragmented(self, payload: bytes) -> bytes:
        if self.coding == Coding.H264:
            return bytes([payload[0] & 0xE0 | payload[1] & 0x1F])
        return bytes([payload[0] & 0x81 | (payload[2] & 0x3F) << 1, payload[1]])

    def _kind(self, unit: bytes) -> int:
        return unit[0] & 0x1F if self.coding == Coding.H264 else unit[0] >> 1 & 0x3F

    def _is_key(self, unit: bytes) -> bool:
        kind = self._kind(unit)
        return kind == 5 if self.coding == Coding.H264 else 16 <= kind <= 21
