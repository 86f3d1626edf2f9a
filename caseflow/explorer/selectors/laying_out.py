"""An answer to a question: tables of published figures with their names, in the language of the page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from caseflow.explorer.enums import Axis
from caseflow.explorer.rules.cells import Cell, Defined, Shelf
from caseflow.explorer.rules.questions import Question
from caseflow.explorer.selectors.shelves import Released
from caseflow.indicators.rules.periods import period_named
from caseflow.indicators.selectors.catalogue import in_language
from caseflow.indicators.wording import counted_words
from caseflow.releases.reading import Column, column_of
from caseflow.releases.rules.assembling import REGION
from caseflow.releases.wording import period_words


@dataclass(frozen=True, slots=True)
class Head:
    """What a row, a column or a table is of."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator as the figures shown were released with; `defined` is its definition in all languages."""

    column: Column
    defined: Defined

    @property
    def version(self) -> int:
        return int(self.defined["version"])

    @property
    def source(self) -> str:
        """From what it is counted, in words."""
        return counted_words(self.column.source, self.defined["values"])


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure with what it is of."""

    indicator: Indicator
    place: Head
    period: Head
    cell: Cell

    @property
    def column(self) -> Column:
        return self.indicator.column


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table."""

    head: Head
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table; `head` is what all of it is of."""

    head: Head
    columns: tuple[Head, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown: tables, the definitions of what is counted, and the releases from which the figures are.

    `places` are the names of the districts, in all languages; `region` those of the region.
    """

    question: Question
    sheets: tuple[Sheet, ...]
    indicators: tuple[Indicator, ...]
    releases: tuple[Released, ...]
    region: Mapping[str, str]
    places: Mapping[str, Mapping[str, str]]

    @property
    def entries(self) -> Iterator[Entry]:
        """Every figure that is shown, in the order of the page."""
        return (entry for sheet in self.sheets for line in sheet.lines for entry in line.entries)


@dataclass(frozen=True, slots=True)
class Names:
    """What places are called (by id, and the region), and how indicators are defined that no period asked has."""

    places: Mapping[str, Mapping[str, str]]
    definitions: Mapping[str, Defined]


def lay_out(question: Question, shelf: Shelf, released: Mapping[str, Released], names: Names) -> Answer:
    """The answer to a resolved question that was checked."""
    indicators = {
        code: Indicator(column_of(defined), defined)
        for code in question.indicators
        for defined in [shelf.defined(code) or names.definitions[code]]
    }
    heads = {
        Axis.INDICATOR: tuple(Head(code, each.column.name) for code, each in indicators.items()),
        Axis.PLACE: tuple(Head(code, in_language(names.places[code])) for code in question.places),
        Axis.PERIOD: tuple(Head(code, period_words(period_named(code))) for code in question.periods),
    }

    def entry(at: Mapping[Axis, Head]) -> Entry:
        indicator, place, period = indicators[at[Axis.INDICATOR].code], at[Axis.PLACE], at[Axis.PERIOD]
        return Entry(indicator, place, period, shelf.cell(indicator.defined, place.code, period.code))

    columns = heads[question.columns]
    sheets = tuple(
        Sheet(
            group,
            columns,
            tuple(
                Line(
                    row,
                    tuple(
                        entry({question.groups: group, question.rows: row, question.columns: column})
                        for column in columns
                    ),
                )
                for row in heads[question.rows]
            ),
        )
        for group in heads[question.groups]
    )
    releases = tuple(released[code] for code in question.periods)
    return Answer(question, sheets, tuple(indicators.values()), releases, names.places[REGION], _districts(names))


def in_order(places: Mapping[str, Mapping[str, str]]) -> dict[str, Mapping[str, str]]:
    """Districts as they are listed everywhere: by their Russian names, in whatever language they are shown."""
    return dict(sorted(places.items(), key=lambda place: place[1]["ru"]))


def _districts(names: Names) -> dict[str, Mapping[str, str]]:
    return {code: name for code, name in names.places.items() if code != REGION}
