"""XLSX: sheets of text and numbers. What people typed is text in every program that opens the file, never a formula."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

Cell = str | int
Page = Any  # a sheet of a workbook that is only written: the types of openpyxl know less of it than there is
LONGEST_TEXT = 32_767  # characters a cell can hold
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
UNIT_WIDTH = 7  # characters for each unit of a column's weight
BOLD, WRAPPED, TOP = Font(bold=True), Alignment(wrap_text=True, vertical="top"), Alignment(vertical="top")
BELOW = Border(bottom=Side(style="thin"))


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below their heads; `total` is a last row in bold. `weights` are the widths beside each other."""

    heads: Sequence[str]
    weights: Sequence[int]
    rows: Sequence[Sequence[Cell]]
    title: str = ""
    total: Sequence[Cell] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: what stands above, and its tables one below the other; widths are those of the widest one."""

    name: str
    title: str
    facts: Sequence[str] = ()
    tables: Sequence[Table] = field(default_factory=tuple)
    landscape: bool = True


def render_xlsx(sheets: Sequence[Sheet], *, made_at: datetime) -> bytes:
    """The workbook. Control characters, which a workbook cannot hold, are left out; long texts are cut to a cell's."""
    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = made_at.replace(tzinfo=None)
    for sheet in sheets:
        _write(book.create_sheet(sheet.name[:31]), sheet)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _write(page: Page, sheet: Sheet) -> None:
    page.page_setup.orientation = "landscape" if sheet.landscape else "portrait"
    page.page_setup.paperSize = 9  # A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    widest = max((table.weights for table in sheet.tables), key=len, default=())
    for place, weight in enumerate(widest, start=1):
        page.column_dimensions[get_column_letter(place)].width = UNIT_WIDTH * weight
    for row in _rows(page, sheet):
        page.append(row)


def _rows(page: Page, sheet: Sheet) -> Iterator[list[Any]]:
    yield [_text(page, sheet.title, font=Font(bold=True, size=14))]
    for fact in sheet.facts:
        yield [_text(page, fact)]
    for table in sheet.tables:
        yield []
        if table.title:
            yield [_text(page, table.title, font=Font(bold=True, size=12))]
        yield [_text(page, head, font=BOLD, border=BELOW, alignment=WRAPPED) for head in table.heads]
        for row in table.rows:
            yield [_cell(page, value) for value in row]
        if table.total:
            yield [_cell(page, value, font=BOLD) for value in table.total]


def _cell(page: Page, value: Cell, **style: object) -> Any:
    if isinstance(value, int):
        return _styled(WriteOnlyCell(page, value=value), alignment=TOP, **style)
    return _text(page, value, alignment=WRAPPED, **style)


def _text(page: Page, text: str, **style: object) -> Any:
    """A cell whose type is text whatever it begins with; the quote keeps it text where somebody edits it."""
    clean = ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_TEXT]
    cell = WriteOnlyCell(page, value=clean)
    cell.data_type = "s"
    cell.quotePrefix = clean.startswith(FORMULA_SIGNS)
    return _styled(cell, **style)


def _styled(cell: Any, **style: object) -> Any:
    for name, value in style.items():
        setattr(cell, name, value)
    return cell
