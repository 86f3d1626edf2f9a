"""Figures of a release in words, the same on every page and paper."""

from typing import Final

from django.utils.translation import gettext

from caseflow.disclosure.rounding import Published
from caseflow.indicators.rules.periods import Period

MINUS, NARROW = "\N{MINUS SIGN}", "\N{NO-BREAK SPACE}"
ROMAN: Final = ("I", "II", "III", "IV")
MINUTE_S: Final = 60


def period_words(period: Period) -> str:
    """«quarter III of 2026» or «the year 2026» in the language of the page."""
    if period.is_year:
        return gettext("the year %(year)s") % {"year": period.year}
    return gettext("quarter %(number)s of %(year)s") % {"number": ROMAN[period.number - 1], "year": period.year}


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
