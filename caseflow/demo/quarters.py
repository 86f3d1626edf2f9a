"""The quarters that the demo's figures tell of, and when something happened in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

import numpy as np

from caseflow.demo.places import school_days
from caseflow.indicators.rules.periods import Period, finished_quarters

Thing = TypeVar("Thing")
QUARTERS = 5  # the newest finished one, back to the same of the year before
SUMMER = (6, 7, 8)
SETTLED = timedelta(days=14)  # so that what follows from it is over when the quarter is
SEASON = {1: 1.1, 2: 1.0, 3: 0.8, 4: 1.1}
"""How much happens in a quarter of the year, beside the others."""


@dataclass(frozen=True, slots=True)
class Trend:
    """Counts by district, in the order of the places: of the newest finished quarter and of the year before."""

    newest: tuple[int, ...]
    before: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """The finished quarters, the newest first."""

    quarters: tuple[Period, ...]

    def counts(self, trend: Trend, age: int) -> list[int]:
        """The counts of the quarter that lies `age` quarters before the newest: on the way from the one to the other,
        and more or fewer as the season has it."""
        season = SEASON[self.quarters[age].number] / SEASON[self.quarters[0].number]
        share = age / (QUARTERS - 1)
        pairs = zip(trend.newest, trend.before, strict=True)
        return [round((newest + (before - newest) * share) * season) for newest, before in pairs]


def past_of(today: date) -> Past:
    """The past as it lies before `today`."""
    return Past(tuple(finished_quarters(today, QUARTERS)))


def lesson_days(quarter: Period) -> list[date]:
    """Its days with lessons, but for its last two weeks."""
    days = school_days(quarter.first_day, quarter.last_day - SETTLED)
    return [day for day in days if day.month not in SUMMER]


def some_moment(rng: np.random.Generator, days: Sequence[date]) -> datetime:
    """A moment while the school is open, on one of these days."""
    day = days[int(rng.integers(len(days)))]
    return datetime.combine(day, time(int(rng.integers(4, 10)), int(rng.integers(60))), UTC)


def some_of(rng: np.random.Generator, things: Sequence[Thing], count: int) -> list[Thing]:
    """So many of these, the first more often than the last."""
    weights = 1 / (3 + np.arange(len(things)))
    return [things[int(number)] for number in rng.choice(len(things), count, p=weights / weights.sum())]
