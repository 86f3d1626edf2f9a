"""Bars of published figures: each column of a table beside the names of its rows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from caseflow.explorer.enums import Axis, Shown
from caseflow.explorer.selectors.laying_out import Answer, Entry, Head, Sheet
from caseflow.explorer.wording import said
from caseflow.releases.rules.assembling import REGION
from caseflow.releases.wording import length_words

LONGEST_PERCENT: Final = 72  # of the room, so that the figure fits behind the bar
MIDDLE_PERCENT: Final = LONGEST_PERCENT / 2  # where a change begins
WHOLE_PERCENT: Final = 100
MOST_BARS: Final = 400
Value = int | None


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: its bar, below it that of the year before; what has no figure has no bar, only its word.

    A change begins in the middle (`start`, percent of the room): to the left it went down.
    """

    name: str
    start: float
    length: float
    before_length: float
    text: str
    before: str

    @property
    def text_at(self) -> float:
        """Where the figure stands: behind the bar."""
        return self.start + self.length


@dataclass(frozen=True, slots=True)
class Chart:
    """The bars of a column."""

    head: Head
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """How long the longest bar of the figures with the same measure is."""

    longest: dict[str, int]
    shown: Shown
    by_unit: bool

    def take(self, entry: Entry, value: Value) -> None:
        """Let there be room for this figure."""
        whole = WHOLE_PERCENT if self.shown == Shown.SHARE else abs(value or 0)
        self.longest[self.key(entry)] = max(self.longest[self.key(entry)], whole)

    def part(self, entry: Entry, value: Value) -> float:
        """The length of a bar in percent of the room."""
        longest = self.longest[self.key(entry)]
        room = MIDDLE_PERCENT if self.shown == Shown.CHANGE else LONGEST_PERCENT
        return round(room * abs(value) / longest, 1) if value and longest else 0

    def key(self, entry: Entry) -> str:
        """With what its length can be compared: the same indicator, or the same unit where indicators are rows."""
        return entry.column.unit.value if self.by_unit else entry.column.code


def charts_of(answer: Answer) -> list[list[Chart]]:
    """The charts of each table; none at all where there would be too many bars to read."""
    question = answer.question
    if sum(1 for _entry in answer.entries) > MOST_BARS:
        return [[] for _sheet in answer.sheets]
    scale = Scale(defaultdict(int), question.shown, question.rows == Axis.INDICATOR)
    sheets = [_charted(sheet, question.rows) for sheet in answer.sheets]
    for entry in (entry for sheet in sheets for line in sheet.lines for entry in line.entries):
        for value in (value_of(entry, question.shown), before_of(entry, question.shown)):
            scale.take(entry, value)
    return [[_chart(sheet, place, scale) for place in range(len(sheet.columns))] for sheet in sheets]


def _charted(sheet: Sheet, rows: Axis) -> Sheet:
    """The rows that have bars. Beside a whole region the bars of its districts would be too short to compare."""
    if rows != Axis.PLACE or len(sheet.lines) == 1:
        return sheet
    return replace(sheet, lines=tuple(line for line in sheet.lines if line.head.code != REGION))


def trend_of(entries: Sequence[Entry]) -> tuple[Bar, ...]:
    """Figures of one place and indicator, period by period."""
    scale = Scale(defaultdict(int), Shown.FIGURE, by_unit=False)
    for entry in entries:
        scale.take(entry, value_of(entry, Shown.FIGURE))
    return tuple(_bar(entry.period.name, entry, scale, beside=False) for entry in entries)


def value_of(entry: Entry, shown: Shown) -> Value:
    """How long the bar is; None for what has none."""
    if entry.column.is_time:
        return entry.cell.times["median_s"] if entry.cell.times and shown == Shown.FIGURE else None
    if shown == Shown.SHARE:
        return entry.cell.share
    return entry.cell.count if shown == Shown.FIGURE else entry.cell.change


def before_of(entry: Entry, shown: Shown) -> Value:
    """As `value_of`, a year before."""
    if shown != Shown.FIGURE:
        return None
    if entry.column.is_time:
        return entry.cell.times_before["median_s"] if entry.cell.times_before else None
    return entry.cell.before


def _chart(sheet: Sheet, place: int, scale: Scale) -> Chart:
    bars = (_bar(line.head.name, line.entries[place], scale) for line in sheet.lines)
    return Chart(sheet.columns[place], tuple(bars))


def _bar(name: str, entry: Entry, scale: Scale, *, beside: bool = True) -> Bar:
    value = value_of(entry, scale.shown)
    before = before_of(entry, scale.shown) if beside else None
    length = scale.part(entry, value)
    start = MIDDLE_PERCENT - (length if (value or 0) < 0 else 0) if scale.shown == Shown.CHANGE else 0
    return Bar(name, start, length, scale.part(entry, before), _text(entry, value, scale.shown), _short(entry, before))


def _text(entry: Entry, value: Value, shown: Shown) -> str:
    return length_words(value) if entry.column.is_time and value is not None else said(entry, shown).text


def _short(entry: Entry, value: Value) -> str:
    if value is None:
        return ""
    return length_words(value) if entry.column.is_time else str(value)
