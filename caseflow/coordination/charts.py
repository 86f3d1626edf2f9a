"""Lengths of the report's bars, from published figures only."""

from dataclasses import dataclass

from caseflow.coordination.selectors import ReportView
from caseflow.disclosure.rounding import Published
from caseflow.indicators.enums import Chapter
from caseflow.releases.wording import change_words, count_words

LONGEST_PERCENT = 78  # of the room, so that the figure fits behind the bar
ASSESSMENTS = ("psych", "legal")
CHARTED = "bullying"


@dataclass(frozen=True, slots=True)
class Bar:
    """A district's two bars: this year above, the year before below; a hidden count has no bar, only its word.

    `before` is empty where nothing was counted then.
    """

    name: str
    now_percent: int
    before_percent: int
    now: str
    before: str
    change: str


@dataclass(frozen=True, slots=True)
class Timeliness:
    """Shares of the assessments of one kind, in whole percents; None where rule 22 gives none."""

    name: str
    in_time: int | None
    late: int | None
    missing: int | None
    in_time_before: int | None


def district_bars(view: ReportView, code: str) -> list[Bar]:
    """The districts' bars of an indicator, longest first, on one scale; none where the report does not have it."""
    table = view.table(Chapter.EVENTS)
    column = view.column(code)
    if table is None or column is None:
        return []
    place = table.columns.index(column)
    rows = sorted(table.rows, key=lambda row: -(row.cells[place].now or 0))
    longest = max((n or 0 for row in rows for n in (row.cells[place].now, row.cells[place].before)), default=0)
    return [
        Bar(
            name=row.name,
            now_percent=_length(row.cells[place].now, longest),
            before_percent=_length(row.cells[place].before, longest),
            now=count_words(row.cells[place].now),
            before=count_words(row.cells[place].before) if row.cells[place].has_before else "",
            change=change_words(row.cells[place].change),
        )
        for row in rows
    ]


def timeliness(view: ReportView) -> list[Timeliness]:
    """The region's psychological and legal assessments, in shares of the events."""
    found = []
    for kind in ASSESSMENTS:
        column = view.column(f"{kind}_in_time")
        in_time, late, missing = (view.total(f"{kind}_{part}") for part in ("in_time", "late", "missing"))
        if column and in_time and late and missing:
            found.append(Timeliness(column.name, in_time.share, late.share, missing.share, in_time.share_before))
    return found


def _length(count: Published, longest: int) -> int:
    return LONGEST_PERCENT * count // longest if count and longest else 0
