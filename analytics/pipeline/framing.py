"""Messages from the decoding process: a length, a JSON head, raw bytes. The reader trusts none of it."""

import json
import os
import select
from time import monotonic
from typing import Any, BinaryIO, Final, TypeAlias

from analytics.pipeline.errors import DecoderCrashed, DecoderStalled

LENGTH_BYTES: Final = 4
LONGEST_HEAD_BYTES: Final = 1 << 16
READ_BYTES: Final = 1 << 20

Head: TypeAlias = dict[str, Any]


def send(pipe: BinaryIO, kind: str, *, payload: bytes | memoryview = b"", **fields: object) -> None:
    """Write one message whole. Raises BrokenPipeError when the reader is gone."""
    head = json.dumps({"kind": kind, "bytes": len(payload), **fields}).encode()
    pipe.write(len(head).to_bytes(LENGTH_BYTES, "big") + head)
    pipe.write(payload)
    pipe.flush()


class MessageReader:
    """Reads messages from a pipe. Raises DecoderStalled after `silence_s` without a byte, or once `patience_s` went by
    in waiting; DecoderCrashed at its end."""

    def __init__(self, pipe: BinaryIO, silence_s: float, patience_s: float, largest_payload_bytes: int) -> None:
        self._fd = pipe.fileno()
        self._poll = select.poll()
        self._poll.register(self._fd, select.POLLIN)
        self._silence_s = silence_s
        self._patience_s = patience_s
        self._largest_payload_bytes = largest_payload_bytes

    def receive(self) -> tuple[Head, bytearray]:
        length = int.from_bytes(self._exactly(LENGTH_BYTES), "big")
        if length > LONGEST_HEAD_BYTES:
            raise DecoderCrashed(f"a head of {length} bytes")
        head = _parsed(self._exactly(length))
        size = head.get("bytes")
        if not isinstance(size, int) or not 0 <= size <= self._largest_payload_bytes:
            raise DecoderCrashed(f"a payload of {size} bytes")
        return head, self._exactly(size)

    def _exactly(self, size: int) -> bytearray:
        content = bytearray(size)
        view = memoryview(content)
        while view:
            self._wait()
            got = os.readv(self._fd, [view[:READ_BYTES]])
            if not got:
                raise DecoderCrashed("the pipe ended")
            view = view[got:]
        return content

    def _wait(self) -> None:
        began = monotonic()
        if not self._poll.poll(self._silence_s * 1000):
            raise DecoderStalled(f"nothing for {self._silence_s} s")
        self._patience_s -= monotonic() - began
        if self._patience_s < 0:
            raise DecoderStalled("too slow in all")


def _parsed(head: bytearray) -> Head:
    try:
        parsed = json.loads(head)
    except (ValueError, RecursionError) as error:
        raise DecoderCrashed("a head that is not JSON") from error
    if not isinstance(parsed, dict):
        raise DecoderCrashed("a head that is not an object")
    return parsed
