"""Days, school years and grades of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

PRIMARY, MIDDLE, SENIOR = "1-4", "5-9", "10-12"
GRADE_GROUPS = (PRIMARY, MIDDLE, SENIOR)
FIRST_MONTH = 9


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both included."""

    first: date
    last: date

    def within(self, since: date | None, until: date | None) -> "Period":
        """What of it lies between two days; the whole where they leave nothing."""
        first, last = max(self.first, since or self.first), min(self.last, until or self.last)
        return Period(first, last) if first <= last else self

    @property
    def after(self) -> date:
        """The day after the last."""
        return self.last + timedelta(days=1)

    @property
    def months(self) -> Iterator[tuple[int, int]]:
        """Year and month of each month that it touches."""
        year, month = self.first.year, self.first.month
        while (year, month) <= (self.last.year, self.last.month):
            yield year, month
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def usual_year(day: date) -> Period:
    """The school year around a day where the region has entered none: from 1 September to 31 August."""
    begins = day.year if day.month >= FIRST_MONTH else day.year - 1
    return Period(date(begins, FIRST_MONTH, 1), date(begins + 1, FIRST_MONTH - 1, 31))


def school_months() -> list[int]:
    """The months as a school counts them: from September on."""
    return [(FIRST_MONTH - 1 + number) % 12 + 1 for number in range(12)]


def grade_then(grade: int, *, class_year: int, asked_year: int) -> int:
    """In which grade a pupil was in the school year that began in `asked_year`, by the class of another year.

    A repeated year is not known here. At least 1.
    """
    return max(grade - (class_year - asked_year), 1)


def grade_group(grade: int) -> str:
    """The stage of school to which a grade belongs."""
    if grade <= 4:
        return PRIMARY
    return MIDDLE if grade <= 9 else SENIOR
