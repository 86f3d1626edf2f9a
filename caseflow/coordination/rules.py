"""Periods of release and who composes them."""

from dataclasses import dataclass
from datetime import date, timedelta

from caseflow.directory.enums import Role

COMPOSERS = (Role.PROSECUTOR, Role.COUNCIL_CHAIR)
READERS = (Role.PROSECUTOR, Role.COUNCIL_CHAIR, Role.COUNCIL_MEMBER, Role.ANALYST)


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a calendar year; `number` is 1–4. Raises ValueError for another number."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if self.number not in range(1, 5):
            raise ValueError(self.number)

    @property
    def first_day(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        return self.next.first_day - timedelta(days=1)

    @property
    def next(self) -> "Quarter":
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def year_before(self) -> "Quarter":
        return Quarter(self.year - 1, self.number)

    def is_over(self, today: date) -> bool:
        """Only a quarter that is over is released: a running one would be released twice."""
        return today > self.last_day


def quarter_of(day: date) -> Quarter:
    """The quarter in which the day lies."""
    return Quarter(day.year, (day.month + 2) // 3)


def finished_quarters(today: date, count: int) -> list[Quarter]:
    """The last `count` quarters that are over, newest first."""
    quarter = quarter_of(today)
    found: list[Quarter] = []
    while len(found) < count:
        quarter = Quarter(quarter.year - (quarter.number == 1), (quarter.number - 2) % 4 + 1)
        found.append(quarter)
    return found
