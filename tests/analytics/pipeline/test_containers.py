"""What a file is shows in its first bytes."""

from io import BytesIO

import pytest

from analytics.pipeline.containers import ends_within_a_box, sniff_demuxer
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


FTYP, MOOV = b"\0\0\0\x0cftypisom", b"\0\0\0\x0amoov12"
LONG = b"\0\0\0\x01mdat" + (20).to_bytes(8, "big")


@pytest.mark.parametrize(
    ("rest", "cut"),
    [
        (b"\0\0\0\x0amdat12", False),
        (b"\0\0\0\x0bmdat12", True),
        (b"\0\0\0\x0bmoof12", True),
        (LONG + b"1234", False),
        (LONG + b"123", True),
        (b"\0\0\0\0mdat12", False),
        (b"\0\0\0\x01mdat\0\0", True),
        (b"\0\0\0\x0amdat12\0\0\0\xffrubbish of the camera", False),
        (b"\0\0\0\x04mdat", False),
        (b"\0\0", False),
        (b"", False),
    ],
)
def test_a_file_that_ends_within_its_pictures_is_cut(rest: bytes, *, cut: bool) -> None:
    """A box without a size lasts to the end; what is no box of pictures says nothing."""
    file = BytesIO(FTYP + MOOV + rest)
    assert ends_within_a_box(file) is cut
    assert file.tell() == 0
