"""One figure of the releases in force: of an indicator, a place and a period. Published ones alone. Pure.

An indicator is what its newest release among those asked says it is; another period shows a figure of it only where
the same was counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from caseflow.disclosure.rounding import Published, change_percent, share_percent
from caseflow.explorer.enums import State
from caseflow.explorer.rules.questions import in_time
from caseflow.indicators.rules.periods import period_named
from caseflow.indicators.rules.sources import SOURCES, TIMED
from caseflow.releases.reading import Content, Times, figure_in, has_share, times_in
from caseflow.releases.rules.assembling import REGION

Defined = Mapping[str, Any]
"""One of the `indicators` of a release, as it was released."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure and what is computed from it. `count`, or `times` of what is measured; both None where hidden.

    `whole` is the figure of which it is a part, `before` that of the year before, `previous` of the period just before.
    """

    state: State
    count: Published = None
    times: Times = None
    whole: Published = None
    before: Published = None
    times_before: Times = None
    previous: Published = None
    has_before: bool = False
    has_previous: bool = False

    @property
    def share(self) -> int | None:
        """In whole percents, None where rule 22 gives none."""
        return share_percent(self.count, self.whole)

    @property
    def change(self) -> int | None:
        """Against the year before, in whole percents; None where rule 22 gives none."""
        return change_percent(self.count, self.before)

    @property
    def change_previous(self) -> int | None:
        """Against the period just before, in whole percents."""
        return change_percent(self.count, self.previous)


NOT_COUNTED: Final = Cell(State.NOT_COUNTED)


class Shelf:
    """The contents of the releases in force, by the code of their period.

    `asked` are the periods that are asked for; the others stand there to be compared with.
    """

    def __init__(self, contents: Mapping[str, Content], asked: tuple[str, ...]) -> None:
        self.contents = contents
        self.asked = tuple(code for code in asked if code in contents)
        self._rows = {code: {row["code"]: row for row in content["indicators"]} for code, content in contents.items()}

    def defined(self, indicator: str) -> Defined | None:
        """The newest definition of an indicator among the periods asked; None where none of them has it."""
        newest = sorted(self.asked, key=lambda code: period_named(code).last_day, reverse=True)
        return next((self._rows[code][indicator] for code in newest if indicator in self._rows[code]), None)

    def places(self) -> dict[str, Mapping[str, str]]:
        """The names of every district in a period asked, by id; the newest name."""
        return {each["id"]: each["names"] for code in in_time(self.asked) for each in self.contents[code]["places"]}

    def cell(self, defined: Defined, place: str, period: str) -> Cell:
        """A figure, beside the whole of which it is a part and those of other periods."""
        if defined["source"] in TIMED:
            return self._timed(defined["source"], place, period)
        state = self._state(defined, place, period)
        if state not in (State.SHOWN, State.HIDDEN):
            return Cell(state)
        at = period_named(period)
        before, previous = at.year_before.code, at.before.code
        return Cell(
            state,
            count=self._figure(defined["key"], place, period),
            whole=self._whole(defined, place, period),
            before=self._figure(defined["key"], place, before),
            previous=self._figure(defined["key"], place, previous),
            has_before=self._has(defined, place, before),
            has_previous=self._has(defined, place, previous),
        )

    def _state(self, defined: Defined, place: str, period: str) -> State:
        if self._has(defined, place, period):
            return State.HIDDEN if self._figure(defined["key"], place, period) is None else State.SHOWN
        other = self._rows.get(period, {}).get(defined["code"])
        return State.OTHERWISE if other is not None and other["key"] != defined["key"] else State.NOT_COUNTED

    def _has(self, defined: Defined, place: str, period: str) -> bool:
        content = self.contents.get(period)
        if content is None or not may_be_shown(defined["source"], place, period):
            return False
        return place in content["figures"].get(defined["key"], {})

    def _figure(self, key: str, place: str, period: str) -> Published:
        content = self.contents.get(period)
        return None if content is None else figure_in(content, key, place)

    def _whole(self, defined: Defined, place: str, period: str) -> Published:
        """None too where a share would invite to rank: of kinds of events."""
        whole = self._rows[period].get(defined["of"])
        if whole is None or not has_share(defined["of"], defined["chapter"]):
            return None
        return self._figure(whole["key"], place, period)

    def _timed(self, source: str, place: str, period: str) -> Cell:
        times, before = (self._lengths(source, place, code) for code in (period, period_named(period).year_before.code))
        if times is None:
            return NOT_COUNTED
        state = State.SHOWN if times[0] else State.HIDDEN
        return Cell(state, times=times[0], times_before=before[0] if before else None, has_before=before is not None)

    def _lengths(self, source: str, place: str, period: str) -> tuple[Times] | None:
        """The times in a tuple, None where they were not measured there."""
        content = self.contents.get(period)
        if content is None or place not in content["times"].get(source, {}):
            return None
        return (times_in(content, source, place),)


def may_be_shown(source: str, place: str, period: str) -> bool:
    """Self-harm never below a region and a year (rule 22), whatever lies in a release."""
    known = SOURCES.get(source)
    if known is None or not known.whole_year_only:
        return True
    return place == REGION and period_named(period).is_year
