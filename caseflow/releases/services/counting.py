"""The exact counts of a period, as they are kept behind its release."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from caseflow.directory.models import Region
from caseflow.indicators.rules.definitions import Definition
from caseflow.indicators.rules.periods import Period
from caseflow.indicators.rules.sources import SOURCES, Source
from caseflow.indicators.selectors.counting import Asked, count, lengths
from caseflow.releases.models import Release

Counts = dict[str, dict[str, dict[str, int]]]


def counts_of(region: Region, period: Period, definitions: Iterable[Definition], now: datetime) -> Counts:
    """Source → value → district → count, for the sources that the definitions need and those that these divide."""
    asked = Asked(region, period.first_day, period.last_day, now)
    return {code: _nested(count(code, asked)) for code in _needed(definitions, period, now)}


def summed(parts: Iterable[Release], region: Region, period: Period, now: datetime) -> Counts:
    """The counts of a year: those of its quarters as they were released, and what is counted by the year alone."""
    counted = [part.exact.counts for part in parts]
    # What one of the quarters did not count is no year: its sum would be no equation, and give a quarter away.
    sources = frozenset.intersection(*(frozenset(counts) for counts in counted)) if counted else frozenset()
    total: dict[str, dict[str, Counter[str]]] = {source: defaultdict(Counter) for source in sources}
    for counts in counted:
        for source in sources:
            for value, by_district in counts[source].items():
                total[source][value].update(by_district)
    asked = Asked(region, period.first_day, period.last_day, now)
    yearly = {source.code: _nested(count(source.code, asked)) for source in SOURCES.values() if source.whole_year_only}
    flows = {
        source: {value: dict(counts) for value, counts in by_value.items()}
        for source, by_value in total.items()
        if not SOURCES[source].is_stock
    }
    return flows | yearly


def answer_lengths(region: Region, period: Period, source: str, now: datetime) -> dict[str, list[float]]:
    """Seconds of each answer to an alarm, by district."""
    found = lengths(source, Asked(region, period.first_day, period.last_day, now))
    return {str(district): seconds for district, seconds in found.items()}


def _needed(definitions: Iterable[Definition], period: Period, now: datetime) -> list[str]:
    asked = {definition.source for definition in definitions if not definition.is_time}
    divided = {source.divides[0] for code in asked if (source := SOURCES[code]).divides}
    return sorted(code for code in asked | divided if _can_be_counted(SOURCES[code], period, now))


def _can_be_counted(source: Source, period: Period, now: datetime) -> bool:
    if source.whole_year_only:
        return False
    return not source.no_past or period.next.holds(timezone.localdate(now))


def _nested(counts: dict[tuple[int, str], int]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for (district, value), number in counts.items():
        found[str(value)][str(district)] = number
    return dict(found)
