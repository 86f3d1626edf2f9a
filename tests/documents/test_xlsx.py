"""Workbooks are opened again: text is text, and a file of the same data is readable by others than us."""

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

from openpyxl import load_workbook

from caseflow.documents.xlsx import Sheet, Table, render_xlsx

FORMULA = '=HYPERLINK("http://example.org";"x")'


def test_text_stays_text_whatever_it_begins_with() -> None:
    signs = [FORMULA, "+1", "-1", "@SUM(A1)", "обычный", "a\x00b"]
    table = Table(["Один", "Два"], [1, 4], [[sign, 5] for sign in signs], "Таблица", ["Всего", 9])
    content = render_xlsx([Sheet("1", "Т", ["факт"], [table])], made_at=datetime(2026, 11, 29, tzinfo=UTC))
    page = load_workbook(BytesIO(content)).active
    assert page is not None
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=6)]
    assert rows == [*([sign.replace("\x00", ""), 5] for sign in signs), ["Всего", 9]]
    first = page["A6"]
    assert (first.data_type, first.quotePrefix, page["A10"].quotePrefix) == ("s", True, False)
    written = ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml")
    assert b"HYPERLINK" in written
    assert b"<f>" not in written
