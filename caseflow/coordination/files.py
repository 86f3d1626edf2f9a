"""A report as files: paper, a workbook with a sheet for each chapter, a table of every figure, and the document."""

from collections.abc import Iterable, Iterator
from typing import Final

from django.conf import settings
from django.db import models
from django.utils.translation import gettext, override

from caseflow.coordination.models import Report
from caseflow.coordination.paper import report_pdf
from caseflow.coordination.selectors import Cell, ReportView, Row, lay_out, places_of
from caseflow.coordination.selectors import Table as ChapterTable
from caseflow.coordination.standing import Beside, Standing, tables_beside
from caseflow.coordination.wording import as_it_stood, cell_words, correction_words, title_words
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


def made(view: ReportView, standing: Standing, form: Form, language: str) -> tuple[bytes, str]:
    """The file and its media type. CSV and JSON hold all languages; JSON is the very bytes that are signed.

    `standing` is on paper and in the workbook alone.
    """
    report = view.report
    if form is Form.PDF:
        return report_pdf(report, standing, language), "application/pdf"
    if form is Form.XLSX:
        return report_xlsx(report, standing, language), TYPES[FileFormat.XLSX]
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


def report_xlsx(report: Report, standing: Standing, language: str) -> bytes:
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
    if beside := _beside(standing, language):
        day = said_in(language, lambda: as_it_stood(standing.day))
        sheets.append(Sheet(str(len(sheets) + 1), title, [day], beside))
    return render_xlsx(sheets, made_at=report.composed_at)


def _beside(standing: Standing, language: str) -> list[Table]:
    """Decisions and signatures, as far as there are any."""
    found = []
    for each in spoken(language):
        with override(each):
            found.append(tables_beside(standing))
    return [_in_one(tables) for tables in zip(*found, strict=True)]


def _in_one(tables: tuple[Beside, ...]) -> Table:
    """The same table in each language as one."""
    rows = zip(*((table.heads, *table.rows) for table in tables), strict=True)
    heads, *rest = [[_both(said) for said in zip(*row, strict=True)] for row in rows]
    return Table(heads, tables[0].weights, rest, title=_both(table.name for table in tables))


def _both(said: Iterable[str]) -> str:
    return " / ".join(dict.fromkeys(said))


def _facts(report: Report, views: list[ReportView], tables: tuple[ChapterTable, ...], language: str) -> list[str]:
    facts = [said_in(language, lambda: gettext("All names and events are invented"))] if settings.DEMO else []
    facts.append(said_in(language, lambda: str(tables[0].chapter.label)))
    facts.append(_both(view.region for view in views))
    if report.release.reason:
        facts.append(said_in(language, lambda: correction_words(report)))
    if report.comment:
        facts.append(report.comment)
    facts.append(said_in(language, lambda: gettext("Checksum (SHA-256): %(digest)s") % {"digest": report.sha256}))
    return facts


def _sheet_table(tables: tuple[ChapterTable, ...], language: str) -> Table:
    first = tables[0]
    names = [_both(table.columns[place].name for table in tables) for place in range(len(first.columns))]
    rows = list(zip(*((*table.rows, table.total) for table in tables), strict=True))
    *districts, region = [_sheet_row(row, language) for row in rows]
    head = said_in(language, lambda: gettext("District"))
    return Table([head, *names], [PLACE_WEIGHT] + [FIGURE_WEIGHT] * len(names), districts, total=region)


def _sheet_row(rows: tuple[Row, ...], language: str) -> list[SheetCell]:
    return [_both(row.name for row in rows), *(_sheet_cell(column, cell, language) for column, cell in rows[0].pairs)]


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
