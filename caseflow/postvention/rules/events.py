"""What an event of loss holds, and on which days it comes back."""

from datetime import date, datetime, timedelta

from caseflow.postvention.enums import Manner, Occasion, Phase

LONGEST_NAME = 120
LONGEST_WORDS = 4_000
PHASES = (
    (Phase.HOURS, timedelta(hours=4)),
    (Phase.DAY, timedelta(days=1)),
    (Phase.WEEK, timedelta(days=9)),  # working days of a week among them
    (Phase.MONTH, timedelta(days=40)),
)
FORTIETH = timedelta(days=39)  # the day itself is the first


def wrong_manner(manner: str, said_by: str) -> bool:
    """Whether a manner is given without who says so, or somebody says nothing."""
    return (manner == Manner.NOT_SAID) == bool(said_by)


def next_days(died_on: date, born_on: date | None, today: date) -> list[tuple[Occasion, date]]:
    """The days on which the loss comes back within a year and that still lie ahead, in order.

    The fortieth day and the year are kept in Kazakh families, the birthday is felt in a class.
    """
    days = [(Occasion.FORTIETH, died_on + FORTIETH), (Occasion.ANNIVERSARY, in_year(died_on, died_on.year + 1))]
    if born_on is not None:
        this_year = in_year(born_on, today.year)
        days.append((Occasion.BIRTHDAY, this_year if this_year > today else in_year(born_on, today.year + 1)))
    return sorted(((what, day) for what, day in days if day > today), key=lambda pair: (pair[1], pair[0].value))


def phase_of(opened_at: datetime, due_at: datetime) -> Phase:
    """In which part of the time after a loss something is due."""
    after = due_at - opened_at
    return next((phase for phase, longest in PHASES if after <= longest), Phase.YEAR)


def in_year(day: date, year: int) -> date:
    """The same day of another year; 29 February is kept on the 28th."""
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)
