"""Making a release: count, protect together with all earlier ones, freeze."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.directory.models import Region
from caseflow.disclosure.cube import is_consistent
from caseflow.disclosure.protection import protect
from caseflow.indicators.rules.definitions import Definition, in_force
from caseflow.indicators.rules.periods import Period
from caseflow.indicators.rules.sources import SOURCES
from caseflow.indicators.selectors.catalogue import definitions_of
from caseflow.releases.models import Release, ReleasedCounts
from caseflow.releases.rules.assembling import Counted, assemble, families
from caseflow.releases.rules.content import FORMAT, described, digest_of, published_times
from caseflow.releases.selectors import counted, latest_release, latest_releases, releases_of_year
from caseflow.releases.services.counting import answer_lengths, counts_of, summed

ALARMS = SOURCES["alarms"].key(())


class PeriodNotOverError(Exception):
    """A running period is not released: it would be released twice, and the difference tells."""


class AlreadyReleasedError(Exception):
    """The period is released. Once more is a correction, and needs a reason."""


class QuartersMissingError(Exception):
    """A year is the sum of its quarters as they were released; `periods` are those that were not."""

    def __init__(self, periods: tuple[Period, ...]) -> None:
        super().__init__(", ".join(period.code for period in periods))
        self.periods = periods


class CountsMovedError(Exception):
    """Something was entered while it was counted, so that parts and sums differ. Once more will do."""


@transaction.atomic
def make_release(
    actor: Actor, region: Region, period: Period, *, reason: str = "", now: datetime | None = None
) -> Release:
    """Count a period that is over and freeze what may be shown of it. With a `reason`, once more after corrections.

    Raises PeriodNotOverError, AlreadyReleasedError, QuartersMissingError, UnprotectableError,
    CountsMovedError.
    """
    moment = now or timezone.now()
    if not period.is_over(timezone.localdate(moment)):
        raise PeriodNotOverError
    # Two at once: the second finds the first's release.
    Region.objects.select_for_update(no_key=True).get(pk=region.pk)
    before = latest_release(region, period)
    if before and not reason:
        raise AlreadyReleasedError
    return _release(actor, region, period, before, reason, moment)


@transaction.atomic
def release_once(actor: Actor, region: Region, period: Period, *, now: datetime | None = None) -> Release:
    """The release in force of a period; it is made if there is none. Raises as `make_release`."""
    Region.objects.select_for_update(no_key=True).get(pk=region.pk)
    return latest_release(region, period) or make_release(actor, region, period, now=now)


def is_unchanged(release: Release) -> bool:
    """Whether the frozen content still has the digest with which it was released."""
    return digest_of(release.content) == release.digest


def _release(
    actor: Actor, region: Region, period: Period, before: Release | None, reason: str, now: datetime
) -> Release:
    districts = list(region.districts.order_by("pk"))
    release = Release(
        region=region,
        period=period.code,
        version=before.version + 1 if before else 1,
        reason=reason,
        made_by=actor.user,
    )
    parts = _parts(region, period)
    definitions = in_force(definitions_of(region), period.last_day)
    counts = summed(parts, region, period, now) if period.is_year else counts_of(region, period, definitions, now)
    shown = [each for each in definitions if each.is_time or each.source in counts]
    fresh = Counted(
        code=release.code,
        counts=counts,
        keys=frozenset(each.key for each in shown if not each.is_time),
        districts=frozenset(str(district.pk) for district in districts),
        parts=tuple(part.code for part in parts),
        corrects=before.code if before else "",
    )
    figures = _protected([counted(each) for each in releases_of_year(region, period.year)], fresh)
    release.content = {
        "format": FORMAT,
        "region": region.names,
        "period": period.code,
        "version": release.version,
        "parts": list(fresh.parts),
        "places": [{"id": str(district.pk), "names": district.names} for district in districts],
        "indicators": [described(each) for each in shown],
        "figures": figures,
        "times": _times(region, period, shown, figures, now),
    }
    release.digest = digest_of(release.content)
    release.save()
    ReleasedCounts.objects.create(release=release, counts=counts)
    detail = {"period": period.code, "version": release.version, "digest": release.digest}
    record(action="release", actor_id=actor.user.pk, role=actor.role, obj=f"release {release.pk}", detail=detail)
    return release


def _parts(region: Region, period: Period) -> list[Release]:
    if not period.is_year:
        return []
    parts = latest_releases(region, period.quarters)
    released = {part.period for part in parts}
    missing = tuple(quarter for quarter in period.quarters if quarter.code not in released)
    if missing:
        raise QuartersMissingError(missing)
    return parts


def _protected(earlier: Iterable[Counted], fresh: Counted) -> dict[str, dict[str, int | None]]:
    """Every figure of the release by place, family by family."""
    known = list(earlier)
    found: dict[str, dict[str, int | None]] = {key: {} for key in sorted(fresh.keys)}
    for family in families():
        if not any(source.code in fresh.counts for source in family):
            continue
        problem = assemble(family, known, fresh)
        if not is_consistent(problem.cube, problem.exact):
            raise CountsMovedError
        shown = protect(
            problem.cube,
            problem.exact,
            fresh=problem.fresh,
            released=problem.released,
            duties=problem.duties,
            public=problem.public,
        )
        exact = {key: problem.exact[key] for key in problem.public if key.period == fresh.code}
        for key, figure in (shown | exact).items():
            found.get(key.figure, {})[key.place] = figure  # what no indicator shows is kept nowhere
    return found


def _times(
    region: Region,
    period: Period,
    shown: Iterable[Definition],
    figures: dict[str, dict[str, int | None]],
    now: datetime,
) -> dict[str, Any]:
    sources = [each.source for each in shown if each.is_time]
    alarms = figures.get(ALARMS, {})
    return {source: published_times(answer_lengths(region, period, source, now), alarms) for source in sources}
