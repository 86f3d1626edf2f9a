"""Numbers by which missed clocks are spoken of outside, drawn when they are first needed."""

import secrets
from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from caseflow.clocks.models import Clock, MissedNumber
from caseflow.clocks.selectors.escalation import known_numbers

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # without what is read or heard as something else
HALF: Final = 3
TRIES: Final = 5


def numbers_of(clock_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The number of each clock; the missing ones are drawn now. 1 query where all are known.

    Two at once draw one number for a clock: the second finds the first's.
    """
    asked = set(clock_ids)
    for _try in range(TRIES):
        known = known_numbers(asked)
        missing = sorted(asked - known.keys())
        if not missing:
            return known
        MissedNumber.objects.bulk_create(
            (MissedNumber(clock=Clock(pk=clock), number=_drawn()) for clock in missing), ignore_conflicts=True
        )
    raise IntegrityError(f"no free number for {len(missing)} clocks in {TRIES} tries")


@transaction.atomic
def number_of(clock_id: UUID) -> str:
    """The number of one clock."""
    return numbers_of([clock_id])[clock_id]


def _drawn() -> str:
    letters = [secrets.choice(ALPHABET) for _ in range(2 * HALF)]
    return f"{''.join(letters[:HALF])}-{''.join(letters[HALF:])}"
