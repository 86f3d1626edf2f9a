"""A report as files: paper, a workbook with a sheet for each chapter, a table of every figure, and the document."""

from collections.abc import Iterator
from typing import Final

from django.conf import settings
from django.db import models
from django.utils.translation import gettext, override

from caseflow.coordination.models import Report
from caseflow.coordination.paper import report_pdf
from caseflow.coordination.selectors import Cell, ReportView, Row, lay_out, places_of
from caseflow.coordination.selectors import Table as ChapterTable
from caseflow.coordination.wording import cell_words, title_words
from caseflow.documents.csv_file import CSV_TYPE, csv_file
from caseflow.documents.sheets import TYPES, FileFormat, said_in, spoken
from caseflow.documents.xlsx import Cell as SheetCell
from caseflow.documents.xlsx import Sheet, Table, render_xlsx
from caseflow.releases.reading import Column
from caseflow.releases.rules.assembling import REGION

COLUMNS: Final = (
    "period",
    "version",
    "place",
    "place_kk",
    "place_ru",
    "indicator",
    "indicator_version",
    "name_kk",
    "name_ru",
    "unit",
    "figure",
    "hidden",
    "share_percent",
    "year_before",
    "period_before",
    "median_s",
    "p90_s",
)
PLACE_WEIGHT, FIGURE_WEIGHT = 5, 3


class Form(models.TextChoices):
    """In which form a report is taken."""

    PDF = "pdf", "PDF"
    XLSX = "xlsx", "XLSX"
    CSV = "csv", "CSV"
    JSON = "json", "JSON"


def made(view: ReportView, form: Form, language: str) -> tuple[bytes, str]:
    """The file and its media type. CSV and JSON hold all languages; JSON is the very bytes that are signed."""
    report = view.report
    if form is Form.PDF:
        return report_pdf(report, language), "application/pdf"
    if form is Form.XLSX:
        return report_xlsx(report, language), TYPES[FileFormat.XLSX]
    if form is Form.CSV:
        return report_csv(report), CSV_TYPE
    return report.document.encode(), "application/json"


def report_csv(report: Report) -> bytes:
    """One line for each indicator and place; a hidden figure is empty, and `hidden` says so."""
    return csv_file([COLUMNS, *_lines(report)])


def _lines(report: Report) -> Iterator[tuple[object, ...]]:
    content, views = report.release.content, {}
    for language in ("kk", "ru"):
        with override(language):
            views[language] = lay_out(report)
    versions = {row["code"]: row["version"] for row in content["indicators"]}
    places = [*places_of(report), REGION]
    for in_kk, in_ru in zip(views["kk"].tables, views["ru"].tables, strict=True):
        rows = zip(places, (*in_kk.rows, in_kk.total), (*in_ru.rows, in_ru.total), strict=True)
        for place, row_kk, row_ru in rows:
            for (column, cell), column_ru in zip(row_kk.pairs, in_ru.columns, strict=True):
                head = (report.release.period, report.release.version, place, row_kk.name, row_ru.name)
                what = (column.code, versions[column.code], column.name, column_ru.name, column.unit.value)
                yield (*head, *what, *_figures(column, cell))


def report_xlsx(report: Report, language: str) -> bytes:
    """The workbook in one language, or in both state languages at once."""
    views = []
    for each in spoken(language):
        with override(each):
            views.append(lay_out(report))
    period = views[0].period
    title = said_in(language, lambda: title_words(period))
    sheets = [
        Sheet(str(number), title, _facts(report, views, tables, language), [_sheet_table(tables, language)])
        for number, tables in enumerate(zip(*(view.tables for view in views), strict=True), start=1)
    ]
    return render_xlsx(sheets, made_at=report.composed_at)


def _facts(report: Report, views: list[ReportView], tables: tuple[ChapterTable, ...], language: str) -> list[str]:
    facts = [said_in(language, lambda: gettext("All names and events are invented"))] if settings.DEMO else []
    facts.append(said_in(language, lambda: str(tables[0].chapter.label)))
    facts.append(" / ".join(dict.fromkeys(view.region for view in views)))
    facts.append(said_in(language, lambda: gettext("Checksum (SHA-256): %(digest)s") % {"digest": report.sha256}))
    return facts


def _sheet_table(tables: tuple[ChapterTable, ...], language: str) -> Table:
    first = tables[0]
    names = [" / ".join(dict.fromkeys(t.columns[place].name for t in tables)) for place in range(len(first.columns))]
    rows = list(zip(*((*table.rows, table.total) for table in tables), strict=True))
    *districts, region = [_sheet_row(row, language) for row in rows]
    head = said_in(language, lambda: gettext("District"))
    return Table([head, *names], [PLACE_WEIGHT] + [FIGURE_WEIGHT] * len(names), districts, total=region)


def _sheet_row(rows: tuple[Row, ...], language: str) -> list[SheetCell]:
    name = " / ".join(dict.fromkeys(row.name for row in rows))
    return [name, *(_sheet_cell(column, cell, language) for column, cell in rows[0].pairs)]


def _sheet_cell(column: Column, cell: Cell, language: str) -> SheetCell:
    if not column.is_time and cell.now is not None:
        return cell.now
    return said_in(language, lambda: cell_words(column, cell)[0])


def _figures(column: Column, cell: Cell) -> list[object]:
    times = cell.times or {}
    hidden = cell.now is None if not column.is_time else not times
    return [
        _or_empty(cell.now),
        int(hidden),
        _or_empty(cell.share if column.has_share else None),
        _or_empty(cell.before),
        _or_empty(cell.previous),
        times.get("median_s", ""),
        times.get("p90_s", ""),
    ]


def _or_empty(number: int | None) -> int | str:
    return "" if number is None else number
