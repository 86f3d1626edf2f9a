"""CSV for spreadsheets: UTF-8 that they recognise, and no text that they would take for a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Final

from caseflow.documents.xlsx import FORMULA_SIGNS

CSV_TYPE: Final = "text/csv; charset=utf-8"
BOM: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"  # so that spreadsheets read UTF-8


def csv_file(rows: Iterable[Sequence[object]]) -> bytes:
    """The rows as a file, the heads among them."""
    kept = StringIO()
    csv.writer(kept).writerows([_plain(cell) for cell in row] for row in rows)
    return (BOM + kept.getvalue()).encode()


def _plain(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS) else cell
