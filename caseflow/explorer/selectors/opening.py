"""What a region publishes: nothing before it chose, and of that the newest released periods."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from django.db.models import QuerySet

from caseflow.directory.models import Region
from caseflow.explorer.enums import Axis, State
from caseflow.explorer.models import PublicSelection
from caseflow.explorer.rules.cells import Shelf
from caseflow.explorer.rules.questions import Question, in_time
from caseflow.explorer.selectors.exploring import Chapters, chapters_of, newest_of
from caseflow.explorer.selectors.laying_out import Entry, Indicator, Line, Names, Sheet, in_order, lay_out
from caseflow.explorer.selectors.shelves import Released, released_of, shelf_of
from caseflow.indicators.rules.definitions import Definition
from caseflow.indicators.rules.periods import period_named
from caseflow.indicators.rules.sources import SOURCES
from caseflow.indicators.selectors.catalogue import definitions_of
from caseflow.releases.rules.assembling import REGION

QUARTERS: Final = 5  # so that the newest stands beside the same one a year before
YEARS: Final = 3


@dataclass(frozen=True, slots=True)
class Edition:
    """What is published now, without its figures: the indicators, and of what was `released` the newest periods."""

    region: Region
    version: int
    indicators: tuple[str, ...]
    periods: tuple[str, ...]
    released: Mapping[str, Released]

    @property
    def digest(self) -> str:
        """Another one whenever something else is to be shown."""
        releases = (f"{each.period}/{each.version}:{each.digest}" for each in self.released.values())
        parts = [self.region.code, *sorted(self.region.names.values()), str(self.version), *self.indicators, *releases]
        return sha256("\n".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Section:
    """An indicator with the table of its places, in quarters and then years; the region stands first."""

    indicator: Indicator
    sheet: Sheet

    @property
    def trend(self) -> list[Entry]:
        """The region, quarter by quarter; year by year where no quarter counts it."""
        whole = self.sheet.lines[0].entries
        quarters = [entry for entry in whole if not period_named(entry.period.code).is_year]
        return quarters or list(whole)

    @property
    def has_table(self) -> bool:
        """Whether there is more to show than one figure."""
        return len(self.sheet.lines) * len(self.sheet.columns) > 1

    @property
    def newest(self) -> Entry:
        """The region in the newest quarter, else in the newest year."""
        return self.trend[-1]


@dataclass(frozen=True, slots=True)
class OpenPage:
    """Everything on the public page of a region."""

    edition: Edition
    sections: tuple[Section, ...]
    places: Mapping[str, Mapping[str, str]]

    @property
    def region(self) -> Mapping[str, str]:
        return self.edition.region.names

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(section.indicator for section in self.sections)

    @property
    def releases(self) -> tuple[Released, ...]:
        return tuple(self.edition.released[code] for code in self.edition.periods)

    @property
    def entries(self) -> Iterator[Entry]:
        return (entry for section in self.sections for line in section.sheet.lines for entry in line.entries)

    @property
    def tells_of_self_harm(self) -> bool:
        """Whether somebody may read here of self-harm, and so also where to call."""
        return any(SOURCES[each.column.source].whole_year_only for each in self.indicators if not each.column.is_time)


def selections_of(region: Region) -> QuerySet[PublicSelection]:
    """Every choice of the region, the newest first."""
    return PublicSelection.objects.filter(region=region).select_related("made_by").order_by("-version")


def publishable(region: Region) -> dict[str, Definition]:
    """The indicators that a region can publish, by code, in the order of a report (1 query)."""
    return newest_of(definitions_of(region))


def in_order_of_report(region: Region, chosen: Collection[str]) -> list[str]:
    """Those of the chosen indicators that can be published, each once, as they stand on the page (1 query)."""
    return [code for code in publishable(region) if code in set(chosen)]


def offered(region: Region, chosen: Collection[str]) -> Chapters:
    """What can be published, chapter by chapter, and what of it is `chosen` (1 query)."""
    return chapters_of(publishable(region).values(), chosen)


def edition_of(code: str) -> Edition | None:
    """What the region with this code publishes; None where it publishes nothing, or is none (2 queries)."""
    chosen = PublicSelection.objects.filter(region__code=code).select_related("region").order_by("-version").first()
    if chosen is None or not chosen.indicators:
        return None
    found = drafted(chosen.region, chosen.indicators, chosen.version)
    return found if found.periods else None


def drafted(region: Region, indicators: Sequence[str], version: int) -> Edition:
    """As it would be with these indicators (1 query)."""
    released = released_of(region)
    quarters, years = (
        [code for code in in_time(released) if period_named(code).is_year == is_year] for is_year in (False, True)
    )
    return Edition(region, version, tuple(indicators), (*quarters[-QUARTERS:], *years[-YEARS:]), released)


def open_page(edition: Edition) -> OpenPage:
    """The figures of an edition, in the language that is spoken (1 query).

    What no release shown has counted is left out.
    """
    shelf = shelf_of(edition.released, edition.periods)
    places = in_order(shelf.places())
    names = Names({REGION: edition.region.names, **places}, {})
    codes = (code for code in edition.indicators if shelf.defined(code))
    sections = (_section(code, shelf, edition, names) for code in codes)
    return OpenPage(edition, tuple(filter(None, sections)), places)


def _section(code: str, shelf: Shelf, edition: Edition, names: Names) -> Section | None:
    question = Question((code,), tuple(names.places), edition.periods, rows=Axis.PLACE, columns=Axis.PERIOD)
    answer = lay_out(question, shelf, edition.released, names)
    sheet = counted_only(answer.sheets[0])
    return Section(answer.indicators[0], sheet) if sheet else None


def counted_only(sheet: Sheet) -> Sheet | None:
    """The table without rows and columns in which nothing was counted; None where nothing is left."""

    def counted(entries: Sequence[Entry]) -> bool:
        return any(entry.cell.state in (State.SHOWN, State.HIDDEN) for entry in entries)

    kept = [place for place in range(len(sheet.columns)) if counted([line.entries[place] for line in sheet.lines])]
    lines = tuple(
        Line(line.head, tuple(line.entries[place] for place in kept)) for line in sheet.lines if counted(line.entries)
    )
    return Sheet(sheet.head, tuple(sheet.columns[place] for place in kept), lines) if lines else None
