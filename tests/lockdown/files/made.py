"""Files for tests, made here: sound ones, and ones that would harm. Everything in them is invented."""

import zipfile
from io import BytesIO
from typing import Any

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def picture(form: str = "JPEG", size: tuple[int, int] = (640, 480), **facts: Any) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, (30, 90, 140)).save(out, format=form, **facts)
    return out.getvalue()


def photo_with_place() -> bytes:
    """A JPEG that says where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "Camera of somebody"
    exif.get_ifd(0x8825)[1] = "N"
    return picture(exif=exif.tobytes())


def pdf(pages: int = 1, **root: Any) -> bytes:
    """A PDF with blank pages; `root` are further entries of its catalogue."""
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(300, 400)
    for name, value in root.items():
        writer.root_object[NameObject(f"/{name}")] = value
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def action(kind: str, **more: str) -> DictionaryObject:
    facts = {NameObject(f"/{name}"): TextStringObject(value) for name, value in more.items()}
    return DictionaryObject({NameObject("/S"): NameObject(f"/{kind}"), **facts})


def nested(depth: int) -> ArrayObject:
    value = ArrayObject()
    for _step in range(depth):
        value = ArrayObject([value])
    return value


def archive(parts: dict[str, bytes | str]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def docx(more: dict[str, bytes | str] | None = None, types: str = WORD) -> bytes:
    """A Word document with further parts."""
    declared = f'<Types><Override PartName="/word/document.xml" ContentType="{types}"/></Types>'
    body = "<w:document><w:p>Характеристика</w:p></w:document>"
    return archive({"[Content_Types].xml": declared, "word/document.xml": body, **(more or {})})


def odt(more: dict[str, bytes | str] | None = None) -> bytes:
    parts: dict[str, bytes | str] = {"mimetype": "application/vnd.oasis.opendocument.text"}
    return archive({**parts, "content.xml": "<office/>", **(more or {})})
