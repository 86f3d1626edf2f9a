"""The pipe between the decoding process and its parent, which trusts nothing it reads."""

import os
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import BinaryIO, TypeAlias

import pytest

from analytics.pipeline.errors import DecoderCrashed, DecoderStalled
from analytics.pipeline.framing import LONGEST_HEAD_BYTES, MessageReader, send

Pipe: TypeAlias = tuple[MessageReader, BinaryIO]


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    read_fd, write_fd = os.pipe()
    with os.fdopen(read_fd, "rb") as readable, os.fdopen(write_fd, "wb") as writable:
        yield MessageReader(readable, silence_s=0.2, patience_s=0.5, largest_payload_bytes=100), writable


def test_a_message_arrives_as_it_was_sent(pipe: Pipe) -> None:
    reader, writable = pipe
    send(writable, "frame", payload=b"abc", t_s=1.5)
    assert reader.receive() == ({"kind": "frame", "bytes": 3, "t_s": 1.5}, bytearray(b"abc"))


def test_silence_is_a_stall(pipe: Pipe) -> None:
    with pytest.raises(DecoderStalled):
        pipe[0].receive()


def test_waiting_ends_though_there_are_signs_of_life(pipe: Pipe) -> None:
    reader, writable = pipe

    def show_life() -> None:
        for _ in range(20):
            send(writable, "alive")
            time.sleep(0.1)

    with ThreadPoolExecutor(1) as beside:
        beside.submit(show_life)
        with pytest.raises(DecoderStalled, match="in all"):
            deque(iter(reader.receive, None), maxlen=0)


def test_an_ended_pipe_is_a_crash(pipe: Pipe) -> None:
    reader, writable = pipe
    writable.write(b"\0\0")
    writable.flush()
    writable.close()
    with pytest.raises(DecoderCrashed, match="ended"):
        reader.receive()


@pytest.mark.parametrize(
    ("head", "why"),
    [
        (b"{not json", "not JSON"),
        (b"[1]", "not an object"),
        (b"[" * 60_000, "not JSON"),
        (b'{"bytes": 101}', "payload of 101"),
        (b'{"bytes": -1}', "payload of -1"),
        (b'{"bytes": "9"}', "payload of 9"),
        (b"{}", "payload of None"),
        (b" " * 65537, "head of 65537"),
    ],
)
def test_a_message_out_of_order_is_a_crash(head: bytes, why: str) -> None:
    read_fd, write_fd = os.pipe()
    with os.fdopen(read_fd, "rb") as readable, os.fdopen(write_fd, "wb", buffering=0) as writable:
        writable.write(len(head).to_bytes(4, "big"))
        if len(head) <= LONGEST_HEAD_BYTES:
            writable.write(head)
        with pytest.raises(DecoderCrashed, match=why):
            MessageReader(readable, silence_s=1, patience_s=1, largest_payload_bytes=100).receive()
