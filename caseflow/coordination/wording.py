"""A report in words, the same on the page and on paper."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext

from caseflow.coordination.models import Report
from caseflow.coordination.selectors import Cell, ReportView
from caseflow.indicators.rules.periods import Period
from caseflow.releases.reading import Column
from caseflow.releases.wording import change_words, count_words, period_words, times_words


def title_words(period: Period) -> str:
    """How a report of that period is called."""
    return gettext("Safety of children at schools, %(period)s") % {"period": period_words(period)}


def intro_words(view: ReportView) -> str:
    """One sentence that says what changed most plainly, without judging it."""
    bullying = view.total("bullying")
    if bullying is None or bullying.change is None:
        return gettext("A rise in reports may mean more trust, not more events.")
    return gettext(
        "Reports of suspected bullying: %(change)s against the year before. "
        "A rise in reports may mean more trust, not more events."
    ) % {"change": change_words(bullying.change)}


def correction_words(report: Report) -> str:
    """Which version it is, and why it was released once more; "" for a first one."""
    if not report.release.reason:
        return ""
    said = gettext("Version %(number)s, released with corrections.") % {"number": report.release.version}
    return f"{said} {report.release.reason}"


def as_it_stood(day: date) -> str:
    """«As it stood on 17.11.2026»."""
    return gettext("As it stood on %(day)s") % {"day": date_format(day, "d.m.Y")}


def cell_words(column: Column, cell: Cell) -> tuple[str, str]:
    """What stands in a cell and below it: the figure now and a year before, "" where nothing was counted then."""
    if column.is_time:
        return times_words(cell.times), times_words(cell.times_before) if cell.times_before else ""
    return count_words(cell.now), count_words(cell.before) if cell.has_before else ""
