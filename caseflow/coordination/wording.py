"""Figures in words, the same on the page and on paper."""

from django.utils.translation import gettext

from caseflow.coordination.disclosure import Published
from caseflow.coordination.enums import Indicator
from caseflow.coordination.rules import Quarter
from caseflow.coordination.selectors import ReportView

MINUS, NARROW = "\N{MINUS SIGN}", "\N{NO-BREAK SPACE}"
ROMAN = ("I", "II", "III", "IV")


def period_words(quarter: Quarter) -> str:
    """«quarter III of 2026» in the language of the page."""
    return gettext("quarter %(number)s of %(year)s") % {"number": ROMAN[quarter.number - 1], "year": quarter.year}


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


def intro_words(view: ReportView) -> str:
    """One sentence that says what changed most plainly, without judging it."""
    bullying = view.totals[view.indicators.index(Indicator.BULLYING)]
    if bullying.change is None:
        return gettext("A rise in reports may mean more trust, not more events.")
    return gettext(
        "Reports of suspected bullying: %(change)s against the year before. "
        "A rise in reports may mean more trust, not more events."
    ) % {"change": change_words(bullying.change)}
