"""The report on paper: the same published figures as on the page, in the reader's language."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, gettext, override

from caseflow.coordination.charts import CHARTED, Bar, Timeliness, district_bars, timeliness
from caseflow.coordination.models import Report
from caseflow.coordination.selectors import Cell, ReportView, Row, Table, lay_out
from caseflow.coordination.standing import Standing, more_words, tables_beside
from caseflow.coordination.wording import as_it_stood, cell_words, correction_words, intro_words, title_words
from caseflow.documents.pdf import breakable, render_pdf
from caseflow.documents.sheets import spoken
from caseflow.releases.reading import Column
from caseflow.releases.wording import change_words, percent_words, period_words


def report_pdf(report: Report, standing: Standing, language: str) -> bytes:
    """The PDF of a report in one language, or in both state languages one after the other.

    The same report in the same language has the same bytes, as long as what stands beside it is the same.
    """
    parts = []
    for each in spoken(language):
        with override(each):
            parts.append(_part(lay_out(report), standing))
    data = {"digest": report.sha256, "parts": parts}
    return render_pdf("coordination/report.typ", data, made_at_epoch_s=int(report.composed_at.timestamp()))


def _part(view: ReportView, standing: Standing) -> dict[str, Any]:
    return {
        "language": (get_language() or "ru")[:2],
        "demo": gettext("All names and events are invented") if settings.DEMO else "",
        "title": title_words(view.period),
        "council": _of(view),
        "period": period_words(view.period),
        "intro": intro_words(view),
        "comment": view.report.comment,
        "correction": correction_words(view.report),
        "bars": [_bar(bar) for bar in district_bars(view, CHARTED)],
        "years": [view.period.year, view.period.year_before.year],
        "tables": [_table(table) for table in view.tables],
        "timeliness": [_timeliness(part) for part in timeliness(view)],
        "beside": [breakable(asdict(table)) for table in tables_beside(standing)],
        "as_it_stood": as_it_stood(standing.day),
        "more": more_words(standing),
        "texts": _texts(view),
    }


def _of(view: ReportView) -> str:
    council = gettext("Coordination Council, %(region)s") % {"region": view.region}
    return f"{council}. {view.district}" if view.district else council


def _bar(bar: Bar) -> dict[str, Any]:
    return {
        "name": bar.name,
        "now": bar.now,
        "now_percent": bar.now_percent,
        "before": bar.before,
        "before_percent": bar.before_percent,
        "change": bar.change if bar.before else "",
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "name": str(table.chapter.label),
        "columns": [column.name for column in table.columns],
        "rows": [_row(row) for row in table.rows],
        "total": _row(table.total),
        "changes": _changes(table),
    }


def _changes(table: Table) -> list[dict[str, Any]]:
    cells, rows = table.total.cells, []
    if table.has_before:
        words = [change_words(cell.change) if cell.has_before else "" for cell in cells]
        rows.append({"name": gettext("Against the year before"), "cells": words})
    if table.has_previous:
        words = [change_words(cell.change_previous) if cell.has_previous else "" for cell in cells]
        rows.append({"name": gettext("Against the period before"), "cells": words})
    return rows


def _row(row: Row) -> dict[str, Any]:
    return {"name": row.name, "cells": [_cell(column, cell) for column, cell in row.pairs]}


def _cell(column: Column, cell: Cell) -> dict[str, Any]:
    words, before = cell_words(column, cell)
    is_hidden = cell.now is None and not column.is_time
    share = percent_words(cell.share) if column.has_share and cell.share is not None else ""
    return {"words": words, "hidden": is_hidden, "before": before, "share": share}


def _timeliness(part: Timeliness) -> dict[str, Any]:
    detail = gettext("late %(late)s, not given %(missing)s, a year before in time %(before)s") % {
        "late": percent_words(part.late),
        "missing": percent_words(part.missing),
        "before": percent_words(part.in_time_before),
    }
    return {
        "name": part.name,
        "in_time": part.in_time,
        "in_time_text": percent_words(part.in_time),
        "detail": detail,
    }


def _texts(view: ReportView) -> dict[str, str]:
    before = gettext("The small number below each is that of %(period)s, as it was released.")
    return {
        "district": gettext("District"),
        "charted": gettext("Suspected bullying by district"),
        "in_time": gettext("Assessments in time"),
        "hidden": gettext("hidden"),
        "digest": gettext("Checksum of the report:"),
        "before": before % {"period": period_words(view.period.year_before)} if view.report.before else "",
        "rule": gettext(
            "Counts are rounded to five. Hidden: one to seven, or a number that would give such a one away beside "
            "everything released."
        ),
        "trust": gettext("A rise in reports may mean more trust, not more events."),
    }
