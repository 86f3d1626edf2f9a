"""Lines as rows of a sheet, in one language or in both state languages at once."""

from collections.abc import Iterable

from django.utils.translation import override

from caseflow.documents.sheets import spoken
from caseflow.journals.rules.columns import Cell, Line
from caseflow.journals.rules.forms import Head

Rows = list[list[Cell]]


def laid_out(heads: list[Head], lines: Iterable[Line]) -> Rows:
    """Each line as a row in the active language."""
    return [[head.column.take(line) for head in heads] for line in lines]


def laid_out_in(language: str, heads: list[Head], lines: list[Line]) -> Rows:
    """As `laid_out`, in the language of a sheet."""
    versions = []
    for each in spoken(language):
        with override(each):
            versions.append(laid_out(heads, lines))
    return [[_joined(cells) for cells in zip(*rows, strict=True)] for rows in zip(*versions, strict=True)]


def _joined(cells: tuple[Cell, ...]) -> Cell:
    if isinstance(cells[0], int):
        return cells[0]
    return " / ".join(dict.fromkeys(str(cell) for cell in cells))
