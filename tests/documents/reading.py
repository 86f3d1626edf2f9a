"""What a file says, as whoever opens it reads it."""

from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from pdfminer.high_level import extract_text


def pdf_text(content: bytes) -> str:
    """All words of a PDF, with one space between them."""
    return " ".join(extract_text(BytesIO(content)).split())


def xlsx_rows(content: bytes) -> list[tuple[object, ...]]:
    """The rows of the first sheet."""
    page: Any = load_workbook(BytesIO(content)).active
    return list(page.values)
