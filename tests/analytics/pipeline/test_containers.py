"""What a file is shows in its first bytes."""

from io import BytesIO

import pytest

from analytics.pipeline.containers import sniff_demuxer
from analytics.pipeline.errors import EmptyFile, NotAVideo


@pytest.mark.parametrize(
    ("head", "demuxer"),
    [
        (b"\0\0\0\x20ftypisom", "mov"),
        (b"\0\0\0\x08wide\0\0\0\0mdat", "mov"),
        (b"\x1a\x45\xdf\xa3rest", "matroska"),
        (b"RIFF\0\0\0\0AVI LIST", "avi"),
    ],
)
def test_a_container_is_known_by_its_content(head: bytes, demuxer: str) -> None:
    file = BytesIO(head)
    assert sniff_demuxer(file) == demuxer
    assert file.tell() == 0


@pytest.mark.parametrize("head", [b"once upon a time", b"RIFF\0\0\0\0WAVE", b"#EXTM3U\n", b"\x89PNG\r\n", b"x"])
def test_anything_else_is_no_video(head: bytes) -> None:
    with pytest.raises(NotAVideo):
        sniff_demuxer(BytesIO(head))


def test_nothing_is_an_empty_file() -> None:
    with pytest.raises(EmptyFile):
        sniff_demuxer(BytesIO(b""))
