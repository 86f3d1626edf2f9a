"""Whose duties they are, and how long they are overdue. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Self

from caseflow.directory.enums import AgencyKind, Role
from caseflow.duties.enums import DutyKind, Overdue

READERS: Final = (Role.PROSECUTOR, Role.AGENCY_HEAD)
DIGITS: Final = 18  # of the longest id
WEEK: Final = timedelta(weeks=1)
FOUR_WEEKS: Final = timedelta(weeks=4)
OWED_BY: Final = {
    DutyKind.LEGAL: AgencyKind.POLICE,
    DutyKind.PSYCHOLOGICAL: AgencyKind.EDUCATION,
    DutyKind.TEST: AgencyKind.EDUCATION,
}
"""Who owes what a district owes; a decision of the council names its agency."""


class NoBodyError(ValueError):
    """A code that names no body."""


@dataclass(frozen=True, slots=True, order=True)
class Body:
    """The agencies of one kind in one district; without a district those of the region."""

    kind: AgencyKind
    district: int | None

    @property
    def code(self) -> str:
        """«police-12», «health-0» for the region."""
        return f"{self.kind}-{self.district or 0}"

    @classmethod
    def named(cls, code: str) -> Self:
        """The body of a code. Raises NoBodyError."""
        kind, _dash, district = code.rpartition("-")
        if kind not in AgencyKind or not (district.isascii() and district.isdecimal() and len(district) <= DIGITS):
            raise NoBodyError(code)
        return cls(AgencyKind(kind), int(district) or None)


def overdue_for(due_at: datetime, now: datetime) -> Overdue:
    """How long something that was due then is overdue now."""
    late = now - due_at
    if late < WEEK:
        return Overdue.DAYS
    return Overdue.WEEKS if late < FOUR_WEEKS else Overdue.MONTHS
