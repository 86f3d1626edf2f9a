"""Office documents: zip archives of XML. Unpacked within bounds and looked through, never opened as a document.

Refused are macros, ActiveX and objects of programs, templates and data fetched from elsewhere, encryption, entities,
and what unpacks to far more than it is.
"""

import re
import zipfile
import zlib
from io import BytesIO
from typing import Final

from lockdown.files.answers import FileRefused

MOST_ENTRIES: Final = 5_000
MOST_UNPACKED: Final = 400 << 20
HIGHEST_RATIO: Final = 200  # XML of long tables is packed to a hundredth
RATIO_FROM: Final = 1 << 20
LONGEST_XML: Final = 64 << 20
CHUNK: Final = 1 << 20
DEPTH: Final = 1  # a chart in a document brings its table along as a document of its own

# The main part of each format → its kind. OOXML says it in the list of types, ODF in the first entry.
OOXML: Final = {
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
    b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml": "pptx",
}
ODF: Final = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
TYPES, MIMETYPE, MANIFEST = "[Content_Types].xml", "mimetype", "META-INF/manifest.xml"
MACRO_PARTS: Final = re.compile(
    r"(?:^|/)(?:vbaproject\.bin|vbadata\.xml|activex[^/]*/|macrosheets/|dialogsheets/|attachedtoolbars\.bin)"
    r"|^(?:basic|scripts)/",
    re.I,
)
NESTED: Final = re.compile(r"\.(?:docx|xlsx|pptx|odt|ods|odp)$", re.I)
PROGRAM_PARTS: Final = re.compile(
    r"(?:^|/)(?:oleobject[^/]*|embeddings/[^/]*\.bin|[^/]*\.(?:exe|dll|com|scr|js|jse|vbs|vbe|wsf|hta|bat|cmd|ps1|lnk|jar|msi))$",
    re.I,
)
ENTITIES: Final = re.compile(rb"<!(?:doctype|entity)", re.I)
MACRO_TYPES: Final = re.compile(rb"macroenabled|vbaproject|ms-office\.activex", re.I)
FETCHES: Final = re.compile(
    rb"(?:attachedTemplate|oleObject|frame|subDocument)\"[^>]*TargetMode=\"External\""
    rb"|TargetMode=\"External\"[^>]*(?:attachedTemplate|oleObject|frame|subDocument)\""
    rb"|<(?:\w+:)?ddeLink\b|\bDDEAUTO\b|<(?:\w+:)?instrText[^>]*>\s*DDE\b",
    re.I,
)
ENCRYPTED_FLAG: Final = 0x1


def office_kind(content: bytes, depth: int = 0) -> str:
    """Which office format it is. Raises FileRefused, also for an archive that is none."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _kind(archive, depth)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise FileRefused("broken") from error


def _kind(archive: zipfile.ZipFile, depth: int) -> str:
    entries = archive.infolist()
    _refuse_bomb(entries)
    if any(entry.flag_bits & ENCRYPTED_FLAG for entry in entries):
        raise FileRefused("encrypted")
    kind = _named_kind(archive, {entry.filename for entry in entries})
    names = [entry.filename for entry in entries]
    if any(MACRO_PARTS.search(name) for name in names):
        raise FileRefused("macros")
    if any(PROGRAM_PARTS.search(name) for name in names):
        raise FileRefused("embedded")
    left = MOST_UNPACKED
    for entry in entries:
        left -= _look_through(archive, entry, left, depth)
    return kind


def _refuse_bomb(entries: list[zipfile.ZipInfo]) -> None:
    """By what the archive claims; what it claims is held against what comes out when it is read."""
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise FileRefused("unpacks")
    for entry in entries:
        if entry.file_size > max(RATIO_FROM, entry.compress_size * HIGHEST_RATIO):
            raise FileRefused("unpacks")


def _named_kind(archive: zipfile.ZipFile, names: set[str]) -> str:
    if TYPES in names:
        types = archive.read(TYPES)
        if MACRO_TYPES.search(types):
            raise FileRefused("macros")
        found = [kind for name, kind in OOXML.items() if name in types]
    elif MIMETYPE in names:
        found = [ODF[name] for name in [archive.read(MIMETYPE).strip()] if name in ODF]
        if MANIFEST in names and b"encryption-data" in archive.read(MANIFEST):
            raise FileRefused("encrypted")
    else:
        found = []
    if not found:
        raise FileRefused("archive")
    return found[0]


def _look_through(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, depth: int) -> int:
    """The bytes that came out. Raises FileRefused."""
    wanted = entry.filename.lower().endswith((".xml", ".rels", ".vml")) or NESTED.search(entry.filename) is not None
    size, parts = 0, []
    with archive.open(entry) as packed:
        while chunk := packed.read(CHUNK):
            size += len(chunk)
            if size > min(left, LONGEST_XML if wanted else left):
                raise FileRefused("unpacks")
            if wanted:
                parts.append(chunk)
    if wanted:
        _look_into(entry.filename, b"".join(parts), depth)
    return size


def _look_into(name: str, content: bytes, depth: int) -> None:
    if NESTED.search(name):
        if depth >= DEPTH:
            raise FileRefused("embedded")
        office_kind(content, depth + 1)
        return
    if ENTITIES.search(_narrow(content)):
        raise FileRefused("broken")
    if FETCHES.search(_narrow(content)):
        raise FileRefused("outside")


def _narrow(content: bytes) -> bytes:
    """XML that is written in two bytes a letter, as it would be in one."""
    return content.replace(b"\x00", b"") if content[:2] in (b"\xff\xfe", b"\xfe\xff") else content
