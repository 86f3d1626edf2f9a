"""What a file is and whether it is kept is decided by what is in it."""

from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NullObject, TextStringObject

from lockdown.files import kinds, office, pdfs
from lockdown.files.answers import FileRefused
from lockdown.files.kinds import judge
from tests.lockdown.files import made


def refusal(content: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        judge(content)
    return refused.value.code


@pytest.mark.parametrize(("form", "kind"), [("JPEG", "jpeg"), ("PNG", "png"), ("WEBP", "webp")])
def test_a_picture_is_drawn_anew_and_shown_small(form: str, kind: str) -> None:
    found = judge(made.picture(form, (2000, 1000)))
    assert (found.kind, found.page_count, len(found.pages)) == (kind, 1, 1)
    with Image.open(BytesIO(found.pages[0])) as shown:
        assert (shown.format, shown.size) == ("WEBP", (1400, 700))


def test_where_a_photo_was_taken_is_gone() -> None:
    sent = made.photo_with_place()
    assert b"Camera of somebody" in sent
    assert b"Camera of somebody" not in judge(sent).content


def test_a_pdf_shows_its_first_five_pages_and_stays_as_it_is() -> None:
    sent = made.pdf(7)
    found = judge(sent)
    assert (found.kind, found.content, len(found.pages), found.page_count) == ("pdf", sent, 5, 7)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (made.pdf(OpenAction=made.action("JavaScript", JS="app.alert(1)")), "script"),
        (made.pdf(OpenAction=made.action("Launch", F="calc.exe")), "script"),
        (made.pdf(AcroForm=DictionaryObject({NameObject("/XFA"): TextStringObject("x")})), "script"),
        (made.pdf(AF=ArrayObject([DictionaryObject({NameObject("/EF"): NullObject()})])), "embedded"),
        (made.pdf(Extra=DictionaryObject({NameObject("/Subtype"): NameObject("/RichMedia")})), "embedded"),
        (made.pdf(Extra=DictionaryObject({NameObject("/Type"): NameObject("/EmbeddedFile")})), "embedded"),
        (made.pdf(Extra=made.nested(80)), "too_complex"),
        (made.pdf(0), "broken"),
        (made.pdf()[:200], "broken"),
        (b"%PDF-1.7\n%%EOF", "broken"),
    ],
)
def test_a_pdf_that_does_something_by_itself_is_refused(content: bytes, code: str) -> None:
    assert refusal(content) == code


def test_a_locked_pdf_is_refused() -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    assert refusal(made.written(writer)) == "encrypted"


def test_a_reference_behind_a_name_is_followed() -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    name = writer._add_object(NameObject("/JavaScript"))
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject({NameObject("/S"): name})
    assert refusal(made.written(writer)) == "script"


def test_a_pdf_of_too_many_objects_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfs, "MOST_OBJECTS", 2)
    assert refusal(made.pdf()) == "too_complex"


def test_the_second_reader_is_asked_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the first is deceived."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment("a.txt", b"hidden")
    carrying = made.written(writer)
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    tree = DictionaryObject(
        {NameObject("/Names"): ArrayObject([TextStringObject("x"), made.action("JavaScript", JS="1")])}
    )
    writer.root_object[NameObject("/Names")] = DictionaryObject({NameObject("/JavaScript"): tree})
    acting = made.written(writer)
    locked = PdfWriter()
    locked.add_blank_page(100, 100)
    locked.encrypt("", "owner", algorithm="RC4-128")
    assert (refusal(carrying), refusal(acting)) == ("embedded", "script")
    monkeypatch.setattr(kinds, "refuse_active", lambda _content: None)
    assert (refusal(carrying), refusal(acting), refusal(made.written(locked))) == ("embedded", "script", "encrypted")


def test_recursion_and_pages_that_cannot_be_drawn_end_as_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = made.pdf()

    def deep(_value: object, _depth: int) -> None:
        raise RecursionError

    with monkeypatch.context() as patch:
        patch.setattr(pdfs, "_look_at", deep)
        assert refusal(sent) == "too_complex"

    def undrawable(_page: object, **_how: object) -> None:
        raise pdfium.PdfiumError("no")

    monkeypatch.setattr(pdfium.PdfPage, "render", undrawable)
    assert refusal(sent) == "broken"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (made.docx(), "docx"),
        (made.docx(types=made.SHEET), "xlsx"),
        (made.docx({"word/embeddings/table.xlsx": made.docx(types=made.SHEET), "word/media/a.png": b"x"}), "docx"),
        (made.odt(), "odt"),
        (made.odt({"META-INF/manifest.xml": "<manifest/>"}), "odt"),
    ],
)
def test_office_documents_are_told_apart_by_their_main_part(content: bytes, kind: str) -> None:
    found = judge(content)
    assert (found.kind, found.content, found.pages) == (kind, content, ())


MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
TEMPLATE = '<Relationship Type="http://x/attachedTemplate" Target="http://evil.example/a.dotm" TargetMode="External"/>'
LINK = '<Relationship Type="http://x/hyperlink" Target="http://example.org" TargetMode="External"/>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (made.archive({"a.txt": "x"}), "archive"),
        (made.archive({"mimetype": "application/epub+zip"}), "archive"),
        (made.docx(types=MACROS), "macros"),
        (made.docx({"word/vbaProject.bin": b"x"}), "macros"),
        (made.odt({"Basic/Standard/Module1.xml": "<x/>"}), "macros"),
        (made.docx({"word/embeddings/oleObject1.bin": b"x"}), "embedded"),
        (made.docx({"word/media/run.exe": b"MZ"}), "embedded"),
        (made.docx({"word/embeddings/a.docx": made.docx({"word/embeddings/b.docx": made.docx()})}), "embedded"),
        (made.docx({"word/_rels/settings.xml.rels": TEMPLATE}), "outside"),
        (made.docx({"word/_rels/settings.xml.rels": TEMPLATE.encode("utf-16")}), "outside"),
        (made.docx({"word/extra.xml": '<!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>'}), "broken"),
        (made.odt({"META-INF/manifest.xml": "<manifest:encryption-data/>"}), "encrypted"),
        (made.docx({"word/bomb.xml": b" " * (8 << 20)}), "unpacks"),
        (made.docx()[:-40], "broken"),
    ],
)
def test_office_documents_that_would_harm_are_refused(content: bytes, code: str) -> None:
    assert refusal(content) == code


def test_a_link_to_a_page_is_no_harm() -> None:
    assert judge(made.docx({"word/_rels/document.xml.rels": LINK})).kind == "docx"


def test_an_archive_of_too_many_parts_or_that_lies_about_its_size_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(office, "MOST_ENTRIES", 2)
        assert refusal(made.docx({"a.xml": "<a/>"})) == "unpacks"
    with monkeypatch.context() as patch:
        patch.setattr(office, "LONGEST_XML", 10)
        assert refusal(made.docx()) == "unpacks"


def test_a_locked_part_is_refused() -> None:
    locked = bytearray(made.docx())
    locked[locked.rindex(b"PK\x01\x02") + 8] |= 1  # the last entry's flag in the list of contents
    assert refusal(bytes(locked)) == "encrypted"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Мінездеме".encode(), "Мінездеме"),
        ("\ufeffМінездеме".encode(), "Мінездеме"),
        ("Характеристика, 7 Б".encode("cp1251"), "Характеристика, 7 Б"),
        ("Характеристика".encode("utf-16"), "Характеристика"),
        (b"a,b\r\n1,2\r\n", "a,b\r\n1,2\r\n"),
    ],
)
def test_text_is_kept_as_utf_8(content: bytes, text: str) -> None:
    found = judge(content)
    assert (found.kind, found.content.decode()) == ("text", text)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"   ", "unknown"),
        (b"a\x00b", "unknown"),
        (b"\xe9t\xe9 and caf\xe9 of somebody", "unknown"),
        (b"\x98\x98", "unknown"),
        (b" <html><script>alert(1)</script>", "unknown"),
        (b"\xef\xbb\xbf<svg onload='x'/>", "unknown"),
        (b"{\\rtf1\\object}", "unknown"),
        (b"MZ\x90\x00", "executable"),
        (b"\x7fELF\x02", "executable"),
        (b"#!/bin/sh\n", "executable"),
        (b"Rar!\x1a\x07", "archive"),
        (b"\x1f\x8b\x08", "archive"),
        (b"a" * 257 + b"ustar", "archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_office"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "recording"),
        (b"\x00\x00\x00\x18ftypmp42", "recording"),
        (b"\x00\x00\x00\x18ftypheic", "other_picture"),
        (b"GIF89a", "other_picture"),
        (b"\xff\xd8\xff\xe0 no picture", "broken"),
    ],
)
def test_everything_else_is_refused_by_what_it_is(content: bytes, code: str) -> None:
    assert refusal(content) == code


def test_nothing_of_the_child_knows_django() -> None:
    for path in Path(kinds.__file__).parent.glob("*.py"):
        assert "django" not in path.read_text()
