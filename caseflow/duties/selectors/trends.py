"""Quarter by quarter: published figures of events and times, and the overdue assessments exactly."""

from dataclasses import dataclass
from datetime import date

from django.db.models import prefetch_related_objects

from caseflow.clocks.enums import Outcome
from caseflow.directory.models import District, Region
from caseflow.disclosure.rounding import Published
from caseflow.indicators.rules.periods import Period, finished_quarters
from caseflow.indicators.rules.sources import SOURCES, TIMED
from caseflow.releases.models import Release
from caseflow.releases.rules.assembling import REGION
from caseflow.releases.selectors import latest_releases

QUARTERS = 8
EVENTS = SOURCES["incidents"].key(())
ASSESSED = ("legal", "psychological")
Times = dict[str, int] | None


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter as it was released. `events` is published (None: hidden), `missing` are exact: the legal and the
    psychological assessments that were overdue then. `times` are those until alarms were accepted and help arrived."""

    period: Period
    events: Published
    missing: tuple[int, ...]
    times: tuple[Times, ...]


def trend(region: Region, district: District | None, today: date) -> list[Quarter]:
    """The last quarters that were released, the latest first. Two queries."""
    releases = latest_releases(region, finished_quarters(today, QUARTERS))
    prefetch_related_objects(releases, "exact")
    held = {row.period: row for row in releases}
    place = str(district.pk) if district else REGION
    return [
        _quarter(held[period.code], period, place)
        for period in finished_quarters(today, QUARTERS)
        if period.code in held
    ]


def _quarter(release: Release, period: Period, place: str) -> Quarter:
    figures, times = release.content["figures"], release.content["times"]
    return Quarter(
        period,
        figures.get(EVENTS, {}).get(place),
        tuple(_missing(release, source, place) for source in ASSESSED),
        tuple(times.get(source, {}).get(place) for source in TIMED),
    )


def _missing(release: Release, source: str, place: str) -> int:
    by_district = release.exact.counts.get(source, {}).get(Outcome.MISSING.value, {})
    return sum(by_district.values()) if place == REGION else int(by_district.get(place, 0))
