"""Packets become pictures again: whatever is lost, doubled or invented, a picture is whole or is not there."""

import random
import struct
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.pipeline.cameras import rtp
from analytics.pipeline.cameras.rtp import START_CODE, AccessUnit, Assembler, Coding, RtpPacket, parse_rtp
from tests.analytics.pipeline.cameras.server import Film, Picture, Sender

KEY, REST = {Coding.H264: (0x65, 0x41), Coding.H265: (19 << 1, 1 << 1)}, b"\xb7"


class Made(Film):
    """Pictures that were drawn and not filmed."""

    def __init__(self, coding: Coding, pictures: Sequence[Picture]) -> None:
        self.coding, self.pictures = coding.value.upper(), list(pictures)


def picture(coding: Coding, number: int, sizes: Sequence[int]) -> Picture:
    first = KEY[coding][number > 0]
    units = (bytes([first, 1]) + random.Random(number).randbytes(size) + REST for size in sizes)
    return Picture(number * 0.04, number * 0.04, tuple(units))


def sent(coding: Coding, pictures: Sequence[Picture]) -> list[RtpPacket]:
    sender = Sender(Made(coding, pictures), "plain")
    raw = [packet[4:] for each in pictures for packet in sender.packets(each, each.shown_s)]
    parsed = [parse_rtp(packet) for packet in raw]
    return [packet for packet in parsed if packet is not None]


def put_together(coding: Coding, packets: Sequence[RtpPacket]) -> tuple[list[AccessUnit], int]:
    assembler = Assembler(coding)
    return [unit for packet in packets for unit in assembler.add(packet)], assembler.damaged


def written(one: Picture) -> bytes:
    return b"".join(START_CODE + unit for unit in one.units)


PICTURES = st.lists(
    st.lists(st.sampled_from([1, 30, 1399, 1400, 5000]), min_size=1, max_size=4), min_size=1, max_size=6
)


@given(st.sampled_from(Coding), PICTURES)
def test_what_is_sent_comes_out_as_it_was(coding: Coding, sizes: list[list[int]]) -> None:
    pictures = [picture(coding, number, each) for number, each in enumerate(sizes)]
    units, damaged = put_together(coding, sent(coding, pictures))
    assert [unit.content for unit in units] == [written(each) for each in pictures]
    assert [unit.ticks for unit in units] == [round(each.shown_s * 90_000) for each in pictures]
    assert [unit.is_key for unit in units] == [number == 0 for number in range(len(pictures))]
    assert damaged == 0


@given(st.sampled_from(Coding), PICTURES, st.data())
def test_a_picture_of_which_something_was_lost_is_not_there(
    coding: Coding, sizes: list[list[int]], data: st.DataObject
) -> None:
    pictures = [picture(coding, number, each) for number, each in enumerate(sizes)]
    packets = sent(coding, pictures)
    lost = data.draw(st.sets(st.integers(1, len(packets)))) - {len(packets)}
    left = [packet for number, packet in enumerate(packets) if number not in lost]
    units, damaged = put_together(coding, left)
    whole = {written(each) for each in pictures}
    assert all(unit.content in whole for unit in units)
    assert len(units) + damaged <= len(pictures)


@given(st.sampled_from(Coding), st.lists(st.binary(max_size=80), max_size=40))
def test_no_invented_packet_makes_it_fall(coding: Coding, raw: list[bytes]) -> None:
    put_together(coding, [packet for each in raw if (packet := parse_rtp(each))])


def test_a_sender_without_marks_is_understood_by_its_times() -> None:
    pictures = [picture(Coding.H264, number, [40]) for number in range(3)]
    unmarked = [RtpPacket(p.sequence, p.ticks, False, p.payload) for p in sent(Coding.H264, pictures)]
    units, _ = put_together(Coding.H264, unmarked)
    assert [unit.content for unit in units] == [written(each) for each in pictures[:2]]


@pytest.mark.parametrize(("coding", "head"), [(Coding.H264, b"\x18"), (Coding.H265, b"\x60\x01")])
def test_several_units_in_one_packet_are_taken_apart(coding: Coding, head: bytes) -> None:
    units = picture(coding, 0, [3, 9]).units
    payload = head + b"".join(struct.pack(">H", len(unit)) + unit for unit in units)
    whole, _ = put_together(coding, [RtpPacket(1, 0, True, payload)])
    assert [unit.content for unit in whole] == [b"".join(START_CODE + unit for unit in units)]
    cut, damaged = put_together(coding, [RtpPacket(1, 0, True, payload[:-2])])
    assert (cut, damaged) == ([], 1)


def test_times_go_on_over_the_end_of_the_counter_and_back_where_pictures_come_in_another_order() -> None:
    ticks = [2**32 - 3000, 600, 4200, 100, 7800, 2**31, 2**31 + 3600]
    packets = [RtpPacket(number, at, True, b"\x41ab") for number, at in enumerate(ticks)]
    units, _ = put_together(Coding.H264, packets)
    assert [unit.ticks for unit in units] == [0, 3600, 7200, 3100, 10800, 10800, 14400]


def test_a_picture_without_end_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rtp, "MOST_BYTES", 5000)
    packets = sent(Coding.H264, [picture(Coding.H264, 0, [9000]), picture(Coding.H264, 1, [40])])
    units, damaged = put_together(Coding.H264, packets)
    assert (len(units), damaged) == (1, 1)


@pytest.mark.parametrize(
    "raw",
    [b"", b"\x80" * 11, b"\x40" + bytes(20), bytes([0x80]) + bytes(11), bytes([0xA0]) + bytes(12) + b"\xff"],
)
def test_what_is_no_packet_is_none(raw: bytes) -> None:
    assert parse_rtp(raw) is None


def test_the_head_may_be_longer() -> None:
    fixed = struct.pack(">BBHII", 0x80 | 0x30 | 2, 0x80, 7, 9, 1)
    found = parse_rtp(fixed + bytes(8) + struct.pack(">HH", 0, 1) + bytes(4) + b"\x41ab" + b"\0\0\3")
    assert found == RtpPacket(7, 9, True, b"\x41ab")


@pytest.mark.parametrize("payload", [b"\x41", b"", b"\x18\0"])
def test_a_packet_that_holds_nothing_spoils_its_picture(payload: bytes) -> None:
    assert put_together(Coding.H264, [RtpPacket(1, 0, True, payload)]) == ([], 1)
