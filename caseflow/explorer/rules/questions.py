"""A question to released figures: which of them, and how they are laid out. The whole of it is an address. Pure."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, Final, Self, TypeVar
from urllib.parse import urlencode

from caseflow.explorer.enums import Axis, Shown
from caseflow.indicators.rules.periods import period_named

MOST_CELLS: Final = 4000
USUAL: Final = ("events", "bullying", "violence", "domestic")
NEWEST: Final = "newest"
EVERYWHERE: Final = "everywhere"
Codes = tuple[str, ...]
Choice = TypeVar("Choice", Shown, Axis)


class Why(StrEnum):
    """Why there is no answer."""

    NOTHING = "nothing"
    SAME_AXIS = "same_axis"
    TOO_MANY = "too_many"


class RefusedQuestionError(ValueError):
    """A question that has no answer; `cells` is how many it would have."""

    def __init__(self, why: Why, cells: int = 0) -> None:
        super().__init__(why.value)
        self.why, self.cells = why, cells


@dataclass(frozen=True, slots=True)
class Question:
    """Which figures, by codes of indicators, places (`region`, or the id of a district) and periods.

    A period is a code, or one of `ROLLING`, which is another one after each release; a place may be `EVERYWHERE`.
    """

    indicators: Codes = USUAL
    places: Codes = (EVERYWHERE,)
    periods: Codes = (NEWEST,)
    shown: Shown = Shown.FIGURE
    rows: Axis = Axis.PLACE
    columns: Axis = Axis.INDICATOR

    @property
    def groups(self) -> Axis:
        """What is left beside rows and columns: one value of it, or a table for each."""
        return next(axis for axis in Axis if axis not in (self.rows, self.columns))

    @property
    def query(self) -> str:
        """The question as the query of an address."""
        chosen = {"indicator": self.indicators, "place": self.places, "period": self.periods}
        laid = {"shown": self.shown.value, "rows": self.rows.value, "columns": self.columns.value}
        return urlencode(chosen | laid, doseq=True)

    @property
    def kept(self) -> dict[str, Any]:
        """The question as it is stored."""
        return asdict(self)

    def chosen(self, axis: Axis) -> Codes:
        """What was chosen of one kind."""
        return {Axis.INDICATOR: self.indicators, Axis.PLACE: self.places, Axis.PERIOD: self.periods}[axis]

    def within(self, known: Mapping[Axis, Collection[str]]) -> Self:
        """The same question without what is not known, in the order of what is."""
        return replace(
            self,
            indicators=_known(self.indicators, known[Axis.INDICATOR]),
            places=_known(self.places, known[Axis.PLACE]),
            periods=_known(self.periods, known[Axis.PERIOD]),
        )

    def resolved(self, released: Sequence[str], places: Sequence[str]) -> Self:
        """The same question with what is meant now by `ROLLING` and `EVERYWHERE`, periods in the order of time."""
        meant = tuple(places) if EVERYWHERE in self.places else self.places
        return replace(self, places=meant, periods=resolved(self.periods, released))

    def check(self) -> None:
        """Raises RefusedQuestionError. Of a resolved question."""
        if self.rows == self.columns:
            raise RefusedQuestionError(Why.SAME_AXIS)
        cells = len(self.indicators) * len(self.places) * len(self.periods)
        if not cells:
            raise RefusedQuestionError(Why.NOTHING)
        if cells > MOST_CELLS:
            raise RefusedQuestionError(Why.TOO_MANY, cells)


def question_in(said: Mapping[str, Sequence[str]]) -> Question:
    """The question of a query. One that says nothing asks what is usual, everywhere, of the newest quarter."""
    if not said:
        return Question()
    return Question(
        indicators=_once(said.get("indicator", ())),
        places=_once(said.get("place", ())),
        periods=_once(said.get("period", ())) if "period" in said else (NEWEST,),
        shown=_one_of(Shown, said.get("shown", ()), Shown.FIGURE),
        rows=_one_of(Axis, said.get("rows", ()), Axis.PLACE),
        columns=_one_of(Axis, said.get("columns", ()), Axis.INDICATOR),
    )


def question_kept(kept: Mapping[str, Any]) -> Question:
    """A stored question."""
    return Question(
        indicators=tuple(kept["indicators"]),
        places=tuple(kept["places"]),
        periods=tuple(kept["periods"]),
        shown=Shown(kept["shown"]),
        rows=Axis(kept["rows"]),
        columns=Axis(kept["columns"]),
    )


def in_time(periods: Iterable[str]) -> list[str]:
    """Quarters in the order of time, then years."""
    return sorted(periods, key=lambda code: (period_named(code).is_year, period_named(code)))


def resolved(periods: Iterable[str], released: Sequence[str]) -> Codes:
    """Codes of released periods in the order of time; of `ROLLING` those that it stands for now."""
    meant = {each for code in periods for each in (ROLLING[code](released) if code in ROLLING else [code])}
    return tuple(in_time(meant & set(released)))


def _newest(*, count: int, years: bool) -> Callable[[Sequence[str]], list[str]]:
    def newest(released: Sequence[str]) -> list[str]:
        return [code for code in in_time(released) if period_named(code).is_year == years][-count:]

    return newest


ROLLING: Final[dict[str, Callable[[Sequence[str]], list[str]]]] = {
    NEWEST: _newest(count=1, years=False),
    "last-4": _newest(count=4, years=False),
    "newest-year": _newest(count=1, years=True),
}
"""Words for periods that move on with each release."""


def _known(codes: Codes, known: Collection[str]) -> Codes:
    return tuple(code for code in known if code in set(codes))


def _once(codes: Sequence[str]) -> Codes:
    return tuple(dict.fromkeys(codes))


def _one_of(choices: type[Choice], said: Sequence[str], usual: Choice) -> Choice:
    return choices(said[-1]) if said and said[-1] in choices.values else usual
