"""PDF: every object is looked at for what does something by itself; two readers have to agree that nothing does.

pypdf goes through the objects, whatever they are packed in; PDFium, which draws the pages, is asked for a second
opinion, since a file may be made to look different to different readers.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

import pypdfium2 as pdfium
import pypdfium2.raw as native
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from lockdown.files.answers import MOST_PAGES, FileRefused
from lockdown.files.pictures import PREVIEW_PX, shrunk

SCRIPT_KEYS: Final = frozenset({"/JS", "/JavaScript", "/XFA"})
SCRIPT_ACTIONS: Final = frozenset(
    {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/RichMediaExecute"}
)
EMBEDDING_KEYS: Final = frozenset({"/EF", "/EmbeddedFiles", "/RichMediaContent", "/RichMediaSettings"})
EMBEDDING_SUBTYPES: Final = frozenset({"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"})
MOST_OBJECTS: Final = 200_000
DEEPEST: Final = 60


def refuse_active(content: bytes) -> None:
    """Raises FileRefused for what is encrypted, does something by itself, carries files or cannot be read."""
    try:
        reader = PdfReader(BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise FileRefused("encrypted")
        for each in _objects(reader):
            _look_at(each, 0)
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, OSError, AssertionError) as error:
        raise FileRefused("broken") from error
    except RecursionError as error:
        raise FileRefused("too_complex") from error


def drawn_pages(content: bytes) -> tuple[list[bytes], int]:
    """Pictures of the first pages, and how many pages there are. Raises FileRefused."""
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise FileRefused("broken") from error
    with document:
        _refuse_by_second_opinion(document)
        count = len(document)
        return [_drawn(document, number) for number in range(min(count, MOST_PAGES))], count


def _objects(reader: PdfReader) -> Iterator[Any]:
    numbers = [(number, generation) for generation, found in reader.xref.items() for number in found]
    numbers += [(number, 0) for number in reader.xref_objStm]
    if len(numbers) > MOST_OBJECTS:
        raise FileRefused("too_complex")
    yield reader.trailer
    for number, generation in numbers:
        yield reader.get_object(IndirectObject(number, generation, reader))


def _look_at(value: Any, depth: int) -> None:
    """Go through what the object holds itself; what it refers to is an object of its own."""
    if depth > DEEPEST:
        raise FileRefused("too_complex")
    if isinstance(value, DictionaryObject):
        _look_at_dictionary(value)
        for each in value.values():
            _look_at(each, depth + 1)
    elif isinstance(value, ArrayObject):
        for each in value:
            _look_at(each, depth + 1)


def _look_at_dictionary(value: DictionaryObject) -> None:
    keys = value.keys()
    if SCRIPT_KEYS & keys or _name(value, "/S") in SCRIPT_ACTIONS:
        raise FileRefused("script")
    if (
        EMBEDDING_KEYS & keys
        or _name(value, "/Type") == "/EmbeddedFile"
        or _name(value, "/Subtype") in EMBEDDING_SUBTYPES
    ):
        raise FileRefused("embedded")


def _name(value: DictionaryObject, key: str) -> str:
    found = value.raw_get(key) if key in value else ""
    found = found.get_object() if isinstance(found, IndirectObject) else found
    return str(found)


def _refuse_by_second_opinion(document: pdfium.PdfDocument) -> None:
    if native.FPDF_GetSecurityHandlerRevision(document) != -1:
        raise FileRefused("encrypted")
    if native.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        raise FileRefused("script")
    if native.FPDFDoc_GetAttachmentCount(document) > 0:
        raise FileRefused("embedded")


def _drawn(document: pdfium.PdfDocument, number: int) -> bytes:
    try:
        page = document[number]
        width, height = page.get_size()
        scale = min(3.0, PREVIEW_PX / max(width, height, 1.0))
        picture = page.render(scale=scale).to_pil()
    except pdfium.PdfiumError as error:
        raise FileRefused("broken") from error
    return shrunk(picture)
