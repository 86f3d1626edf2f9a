"""What has to follow a report of suspected bullying (Order 506), and by when each duty was done. Pure."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Final
from uuid import UUID

from caseflow.consent.rules import adult_on

# By the name under which a report holds the clock.
DUTIES: Final = {
    "registered_clock": "bullying_registered",
    "parents_clock": "bullying_parents_told",
    "council_clock": "bullying_council",
}


def has_parents_to_tell(birth_date: date, day: date) -> bool:
    """Whether somebody stands for the pupil: from 18 on nobody does (rule 10)."""
    return adult_on(birth_date) > day


def all_told_at(pupils: Collection[UUID], told: Iterable[tuple[UUID, datetime]]) -> datetime | None:
    """When the last of the pupils had a parent who knew; None while one has none, and where there is nobody."""
    first: dict[UUID, datetime] = {}
    for pupil, at in sorted(told, key=lambda each: each[1]):
        first.setdefault(pupil, at)
    known = [first[pupil] for pupil in pupils if pupil in first]
    return max(known) if known and len(known) == len(pupils) else None
