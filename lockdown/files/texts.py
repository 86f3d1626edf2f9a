"""Plain text: what it is encoded in is found out, and it is kept as UTF-8."""

import re
from typing import Final

from lockdown.files.answers import FileRefused

CONTROL: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
# What a browser or an office program would run or follow, however its name ends.
LANGUAGES: Final = re.compile(
    rb"\s*(?:<(?:!doctype|html|head|body|script|svg|\?xml|\?php|%|job|package)|\{\\rtf|@echo\b)", re.I
)
WIDE: Final = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
LETTER: Final = re.compile(r"[^\W\d_]")


def as_text(content: bytes) -> bytes:
    """The text as UTF-8 without a mark of its order of bytes. Raises FileRefused for what is none."""
    if LANGUAGES.match(content.removeprefix(b"\xef\xbb\xbf")):
        raise FileRefused("unknown")
    text = _decoded(content)
    if not text.strip() or CONTROL.search(text):
        raise FileRefused("unknown")
    return text.encode()


def _decoded(content: bytes) -> str:
    try:
        return content.decode(WIDE.get(content[:2], "utf-8-sig"))
    except UnicodeDecodeError:
        return _old_russian(content)


def _old_russian(content: bytes) -> str:
    """Windows-1251, where most of the letters are Cyrillic: nearly every sequence of bytes would pass else."""
    try:
        text = content.decode("cp1251")
    except UnicodeDecodeError as error:
        raise FileRefused("unknown") from error
    letters = LETTER.findall(text)
    if len(CYRILLIC.findall(text)) * 2 < len(letters):
        raise FileRefused("unknown")
    return text
