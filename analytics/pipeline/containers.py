"""Which demuxer to force, from the first bytes. Anything else never reaches a demuxer (rule 25)."""

from typing import BinaryIO, Final

from analytics.pipeline.errors import EmptyFile, NotAVideo

ISO_BOXES: Final = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
EBML: Final = bytes.fromhex("1a45dfa3")
HEAD_BYTES: Final = 64


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


def _demuxer_of(head: bytes) -> str | None:
    if head[4:8] in ISO_BOXES:
        return "mov"
    if head.startswith(EBML):
        return "matroska"
    return "avi" if head.startswith(b"RIFF") and head[8:12] == b"AVI " else None
