"""Exact counts of a region and a period, source by source. Never shown: releases are made of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from caseflow.alarms.selectors import counts as alarms
from caseflow.cases.selectors import figures as cases
from caseflow.cases.selectors.figures import ALL
from caseflow.clocks.days import span
from caseflow.consent.enums import Purpose
from caseflow.consent.selectors.figures import covered
from caseflow.directory.models import Region
from caseflow.directory.selectors import figures as schools
from caseflow.incidents.enums import NEVER_BY_QUARTER, AssessmentKind, Category
from caseflow.incidents.selectors import figures as incidents
from caseflow.indicators.rules.sources import TIMED
from caseflow.referrals.selectors.figures import answered

Counts = dict[tuple[int, str], int]
"""By district and by the finest value of the source; none where the pair is missing."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which region, which days (both included), and what time it is for whoever asks."""

    region: Region
    first: date
    last: date
    now: datetime

    @property
    def end(self) -> datetime:
        """When the last day is over, or now if that is earlier."""
        return min(self.now, span(self.first, self.last)[1])


def count(source: str, asked: Asked) -> Counts:
    """Exact counts of one of `SOURCES`; 1 query, except for consents (3 a school)."""
    return COUNTERS[source](asked)


def lengths(source: str, asked: Asked) -> dict[int, list[float]]:
    """Seconds of each answer, by district; `source` is one of `TIMED`. One query."""
    return alarms.lengths(asked.region, asked.first, asked.last, TIMED[source])


def _assessed(kind: AssessmentKind) -> Callable[[Asked], Counts]:
    def counted(asked: Asked) -> Counts:
        return incidents.assessed(
            asked.region, asked.first, asked.last, kind, now=asked.now, leave_out=NEVER_BY_QUARTER
        )

    return counted


def _self_harm(asked: Asked) -> Counts:
    others = [category for category in Category if category not in NEVER_BY_QUARTER]
    found = incidents.events(asked.region, asked.first, asked.last, leave_out=others)
    return {(district, ALL): events for (district, _category), events in found.items()}


def _last_month(asked: Asked) -> date:
    return asked.last.replace(day=1)


COUNTERS: Final[dict[str, Callable[[Asked], Counts]]] = {
    "incidents": lambda a: incidents.events(a.region, a.first, a.last, leave_out=NEVER_BY_QUARTER),
    "bullying": lambda a: incidents.confirmed(a.region, a.first, a.last),
    "psychological": _assessed(AssessmentKind.PSYCHOLOGICAL),
    "legal": _assessed(AssessmentKind.LEGAL),
    "self_harm": _self_harm,
    "alarms": lambda a: alarms.alarms(a.region, a.first, a.last),
    "drills": lambda a: alarms.drills(a.region, a.first, a.last),
    "opened": lambda a: cases.opened(a.region, a.first, a.last),
    "closed": lambda a: cases.closed(a.region, a.first, a.last),
    "referrals": lambda a: answered(a.region, a.first, a.last, a.now),
    "mood_consent": lambda a: covered(a.region, Purpose.MOOD_ANALYSIS, a.end - timedelta(microseconds=1)),
    "schools": lambda a: _schools(a.region),
    "cameras": lambda a: schools.with_cameras(a.region),
    "wired": lambda a: schools.with_wired_cameras(a.region),
    "fixed_buttons": lambda a: alarms.with_fixed_button(a.region),
    "mobile_buttons": lambda a: alarms.with_phones(a.region),
    "tested_buttons": lambda a: alarms.with_tested_button(a.region, _last_month(a), a.last),
}


def _schools(region: Region) -> Counts:
    found: Counts = {}
    for (district, _has), number in schools.with_cameras(region).items():
        found[district, ALL] = found.get((district, ALL), 0) + number
    return found
