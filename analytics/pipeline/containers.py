"""Which demuxer to force, from the first bytes. Anything else never reaches a demuxer (rule 25)."""

from collections.abc import Iterator
from os import SEEK_END
from typing import BinaryIO, Final

from analytics.pipeline.errors import EmptyFile, NotAVideo

ISO_BOXES: Final = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
EBML: Final = bytes.fromhex("1a45dfa3")
HEAD_BYTES: Final = 64
BOX_HEAD_BYTES: Final = 8
LONG_BOX_HEAD_BYTES: Final = 16


def sniff_demuxer(file: BinaryIO) -> str:
    """`mov`, `matroska` or `avi`. Raises EmptyFile or NotAVideo. Leaves the file at its beginning."""
    head = file.read(HEAD_BYTES)
    file.seek(0)
    if not head:
        raise EmptyFile
    demuxer = _demuxer_of(head)
    if demuxer is None:
        raise NotAVideo
    return demuxer


def ends_within_a_box(file: BinaryIO) -> bool:
    """Whether an MP4 or MOV ends before its last box of pictures (`mdat`) does, or before it begins after its index
    (`moof`). A fragmented file tells its length by nothing else. Leaves the file at its beginning."""
    end = file.seek(0, SEEK_END)
    kind, box_end = b"", 0
    for kind, box_end in _boxes(file, end):  # noqa: B007 # the last one is what is asked for
        pass
    file.seek(0)
    return box_end > end if kind == b"mdat" else kind == b"moof" and box_end >= end


def _boxes(file: BinaryIO, end: int) -> Iterator[tuple[bytes, int]]:
    """Kind and end of each box of the top level, up to the first place that is none."""
    at = 0
    while at + BOX_HEAD_BYTES <= end:
        file.seek(at)
        head = file.read(LONG_BOX_HEAD_BYTES)
        size = _box_size(head, end - at)
        if size < BOX_HEAD_BYTES:
            return
        at += size
        yield head[4:8], at


def _box_size(head: bytes, left: int) -> int:
    """0 stands for "to the end of the file", 1 for "said in the next eight bytes"."""
    size = int.from_bytes(head[:4], "big")
    if size == 1:
        return max(int.from_bytes(head[BOX_HEAD_BYTES:], "big"), LONG_BOX_HEAD_BYTES)
    return size or left


def _demuxer_of(head: bytes) -> str | None:
    if head[4:8] in ISO_BOXES:
        return "mov"
    if head.startswith(EBML):
        return "matroska"
    return "avi" if head.startswith(b"RIFF") and head[8:12] == b"AVI " else None
