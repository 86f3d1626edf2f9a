"""Figures that are shown, as data: one document with definitions and method, and one line for each figure."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, Protocol

from django.utils import timezone
from django.utils.translation import gettext, override

from caseflow.explorer.enums import State
from caseflow.explorer.selectors.laying_out import Entry, Indicator
from caseflow.explorer.selectors.shelves import Released
from caseflow.indicators.rules.periods import period_named
from caseflow.releases.rules.assembling import REGION

FORMAT: Final = "tirek-figures/1"
LANGUAGES: Final = ("kk", "ru", "en")
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
    "state",
    "figure",
    "share_percent",
    "year_before",
    "change_percent",
    "median_s",
    "p90_s",
)
Names = Mapping[str, str]


class Figures(Protocol):
    """What is shown: figures, what they are of, and from which releases."""

    @property
    def region(self) -> Names: ...
    @property
    def places(self) -> Mapping[str, Names]: ...
    @property
    def indicators(self) -> tuple[Indicator, ...]: ...
    @property
    def releases(self) -> tuple[Released, ...]: ...
    @property
    def entries(self) -> Iterable[Entry]: ...


def document_of(figures: Figures) -> dict[str, Any]:
    """Everything that is needed to understand the figures without the product."""
    return {
        "format": FORMAT,
        "region": dict(figures.region),
        "method": method(),
        "releases": [_release(each) for each in figures.releases],
        "places": [{"id": code, "names": dict(names)} for code, names in figures.places.items()],
        "indicators": [dict(each.defined) for each in figures.indicators],
        "figures": [figure_of(entry) for entry in figures.entries],
    }


def figure_of(entry: Entry) -> dict[str, Any]:
    """One figure, and what is computed from it; null where rule 22 gives none."""
    cell = entry.cell
    times = cell.times or {}
    return {
        "indicator": entry.column.code,
        "place": entry.place.code,
        "period": entry.period.code,
        "state": State(cell.state).value,
        "figure": cell.count,
        "share_percent": cell.share,
        "year_before": cell.before,
        "change_percent": cell.change,
        "median_s": times.get("median_s"),
        "p90_s": times.get("p90_s"),
    }


def lines_of(figures: Figures) -> Iterator[tuple[object, ...]]:
    """The heads, then each figure with the names of what it is of in both state languages."""
    yield COLUMNS
    versions = {each.period: each.version for each in figures.releases}
    places = {**figures.places, REGION: figures.region}
    for entry in figures.entries:
        place, defined = places[entry.place.code], entry.indicator.defined
        numbers = list(figure_of(entry).values())[3:]
        yield (
            entry.period.code,
            versions[entry.period.code],
            entry.place.code,
            place["kk"],
            place["ru"],
            entry.column.code,
            entry.indicator.version,
            defined["names"]["kk"],
            defined["names"]["ru"],
            entry.column.unit.value,
            *("" if each is None else each for each in numbers),
        )


def method() -> dict[str, str]:
    """How counts become figures, in each language."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = gettext(
                "Counts are rounded to five. Hidden is what is one to seven, or a number that would give such a one "
                "away beside everything released. Percentages are whole and computed from what is shown; there is none "
                "where the whole is below ten, or where it would be 5 or less, or 95 or more. What was not counted is "
                "no nought. Self-harm is never published below a region and a year."
            )
    return found


def _release(each: Released) -> dict[str, Any]:
    period = period_named(each.period)
    return {
        "period": each.period,
        "first_day": f"{period.first_day}",
        "last_day": f"{period.last_day}",
        "version": each.version,
        "sha256": each.digest,
        "released_on": f"{timezone.localdate(each.made_at)}",
    }
