"""Releases: their latest versions, and the exact counts behind them for those that come after."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Min, QuerySet
from django.utils import timezone

from caseflow.directory.models import Region
from caseflow.incidents.models import Incident
from caseflow.indicators.rules.periods import Period
from caseflow.releases.models import Release
from caseflow.releases.rules.assembling import Counted


def latest_release(region: Region, period: Period) -> Release | None:
    """The version in force of a period; None while it was never released."""
    return Release.objects.filter(region=region, period=period.code).order_by("-version").first()


def latest_releases(region: Region, periods: Iterable[Period]) -> list[Release]:
    """The version in force of each period that was released, in the order of time (1 query)."""
    rows = Release.objects.filter(region=region, period__in=[period.code for period in periods])
    return list({row.period: row for row in rows.order_by("period", "version")}.values())


def releases_of_year(region: Region, year: int) -> QuerySet[Release]:
    """Every version of the quarters and of the year: what ties them together is one system."""
    codes = [Period(year).code, *(period.code for period in Period(year).quarters)]
    return Release.objects.filter(region=region, period__in=codes).select_related("exact")


def counted(release: Release) -> Counted:
    """A release with its exact counts, for the protection of those that come after."""
    content = release.content
    before = Release(period=release.period, version=release.version - 1)
    return Counted(
        code=release.code,
        counts=release.exact.counts,
        keys=frozenset(content["figures"]),
        districts=frozenset(place["id"] for place in content["places"]),
        figures=content["figures"],
        parts=tuple(content["parts"]),
        corrects=before.code if before.version else "",
    )


def counted_since(region: Region) -> date | None:
    """The day of the region's first report of an event: before it nothing was counted, which is not none."""
    first = Incident.objects.filter(school__district__region=region).aggregate(day=Min("created_at"))["day"]
    return timezone.localdate(first) if first else None
