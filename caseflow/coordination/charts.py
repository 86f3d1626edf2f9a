"""Lengths of the report's bars, from published figures only."""

from dataclasses import dataclass

from caseflow.coordination.disclosure import Published
from caseflow.coordination.enums import Indicator
from caseflow.coordination.selectors import ReportView
from caseflow.coordination.wording import change_words, count_words

LONGEST_PERCENT = 78  # of the room, so that the figure fits behind the bar


@dataclass(frozen=True, slots=True)
class Bar:
    """A district's two bars: this year above, the year before below; a hidden count has no bar, only its word."""

    name: str
    now_percent: int
    before_percent: int
    now: str
    before: str
    change: str


def district_bars(view: ReportView, indicator: Indicator) -> list[Bar]:
    """The districts' bars, longest first, on one scale."""
    place = view.indicators.index(indicator)
    rows = sorted(view.rows, key=lambda row: -(row.cells[place].now or 0))
    longest = max((n or 0 for row in rows for n in (row.cells[place].now, row.cells[place].before)), default=0)
    return [
        Bar(
            name=row.name,
            now_percent=_length(row.cells[place].now, longest),
            before_percent=_length(row.cells[place].before, longest),
            now=count_words(row.cells[place].now),
            before=count_words(row.cells[place].before),
            change=change_words(row.cells[place].change),
        )
        for row in rows
    ]


def _length(count: Published, longest: int) -> int:
    return LONGEST_PERCENT * count // longest if count and longest else 0
