"""Figures in words, the same on the page and on paper."""

from django.utils.translation import gettext

from caseflow.coordination.selectors import Cell, Column, ReportView
from caseflow.disclosure.rounding import Published
from caseflow.indicators.rules.periods import Period

MINUS, NARROW = "\N{MINUS SIGN}", "\N{NO-BREAK SPACE}"
ROMAN = ("I", "II", "III", "IV")
MINUTE_S = 60


def period_words(period: Period) -> str:
    """«quarter III of 2026» or «the year 2026» in the language of the page."""
    if period.is_year:
        return gettext("the year %(year)s") % {"year": period.year}
    return gettext("quarter %(number)s of %(year)s") % {"number": ROMAN[period.number - 1], "year": period.year}


def title_words(period: Period) -> str:
    """How a report of that period is called."""
    return gettext("Safety of children at schools, %(period)s") % {"period": period_words(period)}


def count_words(count: Published) -> str:
    """The published count, or "hidden"."""
    return gettext("hidden") if count is None else str(count)


def percent_words(percent: int | None) -> str:
    """«75 %», or "too few data"."""
    return gettext("too few data") if percent is None else f"{percent}{NARROW}%"


def change_words(percent: int | None) -> str:
    """«+14 %», «−27 %», or "too few data"."""
    if percent is None:
        return gettext("too few data")
    sign = {True: "+", False: MINUS}[percent > 0] if percent else ""
    return f"{sign}{abs(percent)}{NARROW}%"


def length_words(seconds: int) -> str:
    """«45 s», «3 min 20 s»."""
    minutes, rest = divmod(seconds, MINUTE_S)
    if not minutes:
        return gettext("%(seconds)s s") % {"seconds": rest}
    if not rest:
        return gettext("%(minutes)s min") % {"minutes": minutes}
    return gettext("%(minutes)s min %(seconds)s s") % {"minutes": minutes, "seconds": rest}


def times_words(times: dict[str, int] | None) -> str:
    """«45 s, 9 in 10 within 3 min 20 s», or "too few data"."""
    if not times:
        return gettext("too few data")
    return gettext("%(median)s, 9 in 10 within %(p90)s") % {
        "median": length_words(times["median_s"]),
        "p90": length_words(times["p90_s"]),
    }


def intro_words(view: ReportView) -> str:
    """One sentence that says what changed most plainly, without judging it."""
    bullying = view.total("bullying")
    if bullying is None or bullying.change is None:
        return gettext("A rise in reports may mean more trust, not more events.")
    return gettext(
        "Reports of suspected bullying: %(change)s against the year before. "
        "A rise in reports may mean more trust, not more events."
    ) % {"change": change_words(bullying.change)}


def cell_words(column: Column, cell: Cell) -> tuple[str, str]:
    """What stands in a cell and below it: the figure now and a year before, "" where nothing was counted then."""
    if column.is_time:
        return times_words(cell.times), times_words(cell.times_before) if cell.times_before else ""
    return count_words(cell.now), count_words(cell.before) if cell.has_before else ""
