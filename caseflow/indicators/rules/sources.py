"""What can be counted: every source with the finest values into which it is divided. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from caseflow.alarms.selectors.counts import HELD, MISTAKE, REAL
from caseflow.cases.selectors.figures import ALL
from caseflow.clocks.enums import Outcome
from caseflow.consent.selectors.figures import NOT_OPEN, OPEN
from caseflow.directory.selectors.figures import NO, YES
from caseflow.incidents.enums import NEVER_BY_QUARTER, SUSPECTED_BULLYING, Category, Confirmed
from caseflow.indicators.enums import Unit
from caseflow.referrals.selectors.figures import ENDED

EVERY: Final = "*"


@dataclass(frozen=True, slots=True)
class Source:
    """A way to count. Each thing counted has exactly one of the `values`.

    What it counts is what the source named by `divides` counts under those of its values (none: all of them).
    `duties` are values that agencies answer for: the prosecutor knows them exactly (rule 22). `known_to_all`: not a
    secret of anybody. `is_stock`: as things stand on the last day, not what happened within the period; what has
    `no_past` can be counted only while it stands so. `whole_year_only`: never below region and year.
    """

    code: str
    unit: Unit
    values: tuple[str, ...] = (ALL,)
    divides: tuple[str, tuple[str, ...]] | None = None
    duties: frozenset[str] = frozenset()
    known_to_all: bool = False
    is_stock: bool = False
    no_past: bool = False
    whole_year_only: bool = False

    def key(self, values: Collection[str]) -> str:
        """The code of the count of these values; none of them, or every one, is the whole."""
        return key_of(self.code, () if set(values) >= set(self.values) else values)


def key_of(source: str, values: Collection[str]) -> str:
    """«incidents:bullying+cyberbullying», «incidents:*»."""
    return f"{source}:{'+'.join(sorted(values)) or EVERY}"


OUTCOMES = tuple(Outcome.values)
OVERDUE = frozenset({Outcome.MISSING.value, Outcome.LATE.value})
"""Whoever watches the overdue ones from day to day knows as well which of them came late."""
WHETHER = (YES, NO)


def _of_schools(code: str) -> Source:
    return Source(code, Unit.SCHOOLS, WHETHER, ("schools", ()), frozenset(WHETHER), is_stock=True, no_past=True)


SOURCES: Final = {
    source.code: source
    for source in (
        Source("incidents", Unit.EVENTS, tuple(c.value for c in Category if c not in NEVER_BY_QUARTER)),
        Source("bullying", Unit.EVENTS, tuple(Confirmed.values), ("incidents", tuple(SUSPECTED_BULLYING))),
        Source("psychological", Unit.EVENTS, OUTCOMES, ("incidents", ()), OVERDUE),
        Source("legal", Unit.EVENTS, OUTCOMES, ("incidents", ()), OVERDUE),
        Source("self_harm", Unit.EVENTS, whole_year_only=True),
        Source("alarms", Unit.ALARMS, (MISTAKE, REAL)),
        Source("drills", Unit.DRILLS, (HELD,), duties=frozenset({HELD})),
        Source("opened", Unit.CASES),
        Source("closed", Unit.CASES),
        Source("referrals", Unit.REFERRALS, (*OUTCOMES, ENDED)),
        Source("mood_consent", Unit.PUPILS, (OPEN, NOT_OPEN), is_stock=True, no_past=True),  # nor does the roll
        Source("schools", Unit.SCHOOLS, known_to_all=True, is_stock=True, no_past=True),
        _of_schools("cameras"),
        _of_schools("wired"),
        _of_schools("fixed_buttons"),
        _of_schools("mobile_buttons"),
        _of_schools("tested_buttons"),
    )
}
TIMED: Final = {"accepting": "accepted_at", "arriving": "arrived_at"}
"""Sources that measure from the press of an alarm to a field of it, in seconds: median and 90th percentile."""


def unit_of(source: str) -> Unit:
    """In what a source counts or measures."""
    return Unit.SECONDS if source in TIMED else SOURCES[source].unit
