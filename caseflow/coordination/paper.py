"""The report on paper: the same published figures as on the page, in the reader's language."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, gettext

from caseflow.coordination.rules import Quarter
from caseflow.coordination.selectors import Cell, ReportView, Timeliness
from caseflow.coordination.wording import change_words, count_words, intro_words, percent_words, period_words
from caseflow.documents.pdf import render_pdf


def report_pdf(view: ReportView) -> bytes:
    """The PDF of a report; the same report in the same language has the same bytes."""
    return render_pdf("coordination/report.typ", _data(view), made_at_epoch_s=int(view.report.composed_at.timestamp()))


def _data(view: ReportView) -> dict[str, Any]:
    return {
        "language": (get_language() or "ru")[:2],
        "demo": gettext("All names and events are invented") if settings.DEMO else "",
        "title": gettext("Safety of children at schools, %(period)s") % {"period": period_words(view.quarter)},
        "council": gettext("Coordination Council, %(region)s") % {"region": view.region},
        "region": view.region,
        "period": period_words(view.quarter),
        "period_before": period_words(view.quarter.year_before),
        "intro": intro_words(view),
        "comment": view.report.comment,
        "digest": view.report.figures.digest,
        "indicators": [str(indicator.label) for indicator in view.indicators],
        "rows": [{"name": row.name, "cells": _cells(row.cells)} for row in view.rows],
        "totals": _cells(view.totals),
        "changes": [
            _change(str(indicator.label), cell) for indicator, cell in zip(view.indicators, view.totals, strict=True)
        ],
        "timeliness": [_timeliness(part) for part in view.timeliness],
        "texts": _texts(view.quarter),
    }


def _cells(cells: Iterable[Cell]) -> list[dict[str, Any]]:
    return [{"now": cell.now, "before": count_words(cell.before)} for cell in cells]


def _change(name: str, cell: Cell) -> dict[str, str]:
    return {
        "name": name,
        "now": count_words(cell.now),
        "before": count_words(cell.before),
        "change": change_words(cell.change),
    }


def _timeliness(part: Timeliness) -> dict[str, Any]:
    detail = gettext("late %(late)s, not given %(missing)s, a year before in time %(before)s") % {
        "late": percent_words(part.late),
        "missing": percent_words(part.missing),
        "before": percent_words(part.in_time_before),
    }
    return {
        "name": str(part.kind.label),
        "in_time": part.in_time,
        "in_time_text": percent_words(part.in_time),
        "detail": detail,
    }


def _texts(quarter: Quarter) -> dict[str, str]:
    return {
        "events": gettext("Events reported"),
        "district": gettext("District"),
        "kind": gettext("Kind"),
        "change": gettext("Against the year before"),
        "percent": gettext("Change"),
        "in_time": gettext("Assessments in time"),
        "hidden": gettext("hidden"),
        "digest": gettext("Checksum of the figures:"),
        "before": gettext(
            "The small number below each is that of the same quarter of %(year)s, as it was released then."
        )
        % {"year": quarter.year_before.year},
        "rule": gettext(
            "Counts are rounded to five. Hidden: one to seven events, or a number that would give such a one away."
        ),
        "trust": gettext("A rise in reports may mean more trust, not more events."),
    }
