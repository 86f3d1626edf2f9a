"""The periods of which figures are counted and released: quarters, and the years that they make up. Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

QUARTERS: Final = (1, 2, 3, 4)
WHOLE_YEAR: Final = 0
CODE: Final = re.compile(r"(\d{4})(?:-Q([1-4]))?\Z")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A quarter of a calendar year, 1–4, or the whole year, 0. Raises ValueError for another number."""

    year: int
    number: int = WHOLE_YEAR

    def __post_init__(self) -> None:
        if self.number not in (WHOLE_YEAR, *QUARTERS):
            raise ValueError(self.number)

    @property
    def is_year(self) -> bool:
        return self.number == WHOLE_YEAR

    @property
    def code(self) -> str:
        """«2026-Q3», «2026»."""
        return str(self.year) if self.is_year else f"{self.year}-Q{self.number}"

    @property
    def first_day(self) -> date:
        return date(self.year, 1 if self.is_year else 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        return self.next.first_day - timedelta(days=1)

    @property
    def next(self) -> "Period":
        if self.is_year:
            return Period(self.year + 1)
        return Period(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def before(self) -> "Period":
        """The one just before it."""
        if self.is_year:
            return Period(self.year - 1)
        return Period(self.year - (self.number == 1), (self.number - 2) % 4 + 1)

    @property
    def year_before(self) -> "Period":
        return Period(self.year - 1, self.number)

    @property
    def quarters(self) -> tuple["Period", ...]:
        """Those that make up a year; a quarter is made up of itself."""
        return tuple(Period(self.year, number) for number in QUARTERS) if self.is_year else (self,)

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.first_day <= day <= self.last_day

    def is_over(self, today: date) -> bool:
        """Only a period that is over is released: a running one would be released twice."""
        return today > self.last_day


def period_named(code: str) -> Period:
    """The period with this code. Raises ValueError."""
    found = CODE.match(code)
    if found is None:
        raise ValueError(code)
    return Period(int(found[1]), int(found[2] or WHOLE_YEAR))


def quarter_of(day: date) -> Period:
    """The quarter in which the day lies."""
    return Period(day.year, (day.month + 2) // 3)


def finished_quarters(today: date, count: int) -> list[Period]:
    """The last `count` quarters that are over, newest first."""
    found = [quarter_of(today).before]
    while len(found) < count:
        found.append(found[-1].before)
    return found
