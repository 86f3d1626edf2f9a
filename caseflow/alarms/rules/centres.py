"""Whom a centre may name as the one called next, and how long a patrol may take. Pure."""

from collections.abc import Mapping
from typing import Final

from caseflow.alarms.rules import ladder

ARRIVAL_MINUTES: Final = range(1, 121)


def closes_circle(centre: int, follows: int, following: Mapping[int, int | None]) -> bool:
    """Whether alarms would come back to the centre if it named `follows` as the one called next."""
    return centre in ladder(follows, following, None)
