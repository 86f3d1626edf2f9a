"""What a file is by its first bytes; its name plays no part."""

from typing import Final

from lockdown.files.answers import Examined, FileRefused
from lockdown.files.office import office_kind
from lockdown.files.pdfs import drawn_pages, refuse_active
from lockdown.files.pictures import UnreadablePictureError, redrawn, shrunk
from lockdown.files.texts import as_text

PICTURE_KINDS: Final = {"image/jpeg": "jpeg", "image/png": "png", "image/webp": "webp"}
REFUSED_BEGINNINGS: Final = (
    ("archive", (b"PK\x05\x06", b"PK\x07\x08", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MSCF")),
    ("archive", (b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18", b"\x1f\x9d")),
    ("executable", (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"dex\n")),
    ("executable", (b"L\x00\x00\x00\x01\x14\x02\x00",)),
    ("old_office", (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)),
    (
        "recording",
        (b"ID3", b"OggS", b"fLaC", b"\x1a\x45\xdf\xa3", b"\x00\x00\x01\xba", b"\xff\xfb", b"\xff\xf3", b"\xff\xf1"),
    ),
    ("other_picture", (b"GIF8", b"II*\x00", b"MM\x00*", b"8BPS")),
)
PHOTO_BRANDS: Final = (b"heic", b"heix", b"heif", b"mif1", b"msf1", b"avif", b"avis")
TAR_AT, TAR = 257, b"ustar"


def judge(content: bytes) -> Examined:
    """What the file is, what is to be kept of it, and pictures of its first pages. Raises FileRefused."""
    if not content:
        raise FileRefused("empty")
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or _riff(content) == b"WEBP":
        return _picture(content)
    if content.startswith(b"%PDF-"):
        refuse_active(content)
        pages, count = drawn_pages(content)
        return Examined("pdf", content, tuple(pages), count)
    if content.startswith(b"PK\x03\x04"):
        return Examined(office_kind(content), content)
    _refuse_known(content)
    return Examined("text", as_text(content))


def _picture(content: bytes) -> Examined:
    try:
        clean, media_type = redrawn(content)
    except UnreadablePictureError as error:
        raise FileRefused("broken") from error
    return Examined(PICTURE_KINDS[media_type], clean, (shrunk(clean),), 1)


def _refuse_known(content: bytes) -> None:
    for code, beginnings in REFUSED_BEGINNINGS:
        if content.startswith(beginnings):
            raise FileRefused(code)
    if content[TAR_AT : TAR_AT + len(TAR)] == TAR:
        raise FileRefused("archive")
    if _riff(content):
        raise FileRefused("recording")
    if content[4:8] == b"ftyp":
        raise FileRefused("other_picture" if content[8:12] in PHOTO_BRANDS else "recording")


def _riff(content: bytes) -> bytes:
    return content[8:12] if content.startswith(b"RIFF") else b""
