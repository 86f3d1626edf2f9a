"""Names lose what deceives; a download bears the ending of what it is."""

import pytest

from caseflow.attachments.enums import FileKind
from caseflow.attachments.rules import REFUSALS, AttachmentRefused, clean_name, download_name
from lockdown.files.answers import KINDS
from lockdown.files.answers import REFUSALS as CODES


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Характеристика 7 Б.pdf", "Характеристика 7 Б.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\docs\\a.docx", "a.docx"),
        ("photo\u202egpj.exe", "photo gpj.exe"),
        ("a\r\nb.txt", "a b.txt"),
        ("..", ""),
        ("я" * 300 + ".pdf", "я" * 116 + ".pdf"),
        ("я" * 300, "я" * 120),
    ],
)
def test_a_name_is_cleaned(sent: str, shown: str) -> None:
    assert clean_name(sent) == shown


@pytest.mark.parametrize(
    ("name", "kind", "saved"),
    [
        ("a.PDF", FileKind.PDF, "a.PDF"),
        ("a.exe", FileKind.PDF, "a.exe.pdf"),
        ("a.jpeg", FileKind.JPEG, "a.jpeg"),
        ("a", FileKind.JPEG, "a.jpg"),
        ("a.csv", FileKind.TEXT, "a.csv.txt"),
    ],
)
def test_a_download_ends_as_what_it_is(name: str, kind: FileKind, saved: str) -> None:
    assert download_name(name, kind) == saved


def test_every_kind_and_every_refusal_has_words() -> None:
    assert set(KINDS) == set(FileKind.values)
    assert set(CODES) < set(REFUSALS)
    assert AttachmentRefused("macros").code == "macros"
    assert "macros" in str(AttachmentRefused("macros"))
