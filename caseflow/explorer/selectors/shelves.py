"""The releases in force of a region, and the contents of those that are asked for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from caseflow.directory.models import Region
from caseflow.explorer.rules.cells import Shelf
from caseflow.explorer.rules.questions import in_time
from caseflow.indicators.rules.periods import period_named
from caseflow.releases.models import Release


@dataclass(frozen=True, slots=True)
class Released:
    """A release in force, without its figures."""

    period: str
    version: int
    digest: str
    made_at: datetime
    pk: UUID


def released_of(region: Region) -> dict[str, Released]:
    """The release in force of each period, quarters in the order of time, then years (1 query)."""
    rows = Release.objects.filter(region=region).order_by("version")
    newest = {row[0]: Released(*row) for row in rows.values_list("period", "version", "digest", "made_at", "pk")}
    return {period: newest[period] for period in in_time(newest)}


def shelf_of(released: Mapping[str, Released], periods: Iterable[str]) -> Shelf:
    """The contents of these periods, and of those with which they are compared (1 query)."""
    asked = tuple(periods)
    beside = {other.code for code in asked for at in [period_named(code)] for other in (at.year_before, at.before)}
    wanted = {released[code].pk for code in {*asked, *beside} if code in released}
    rows = Release.objects.filter(pk__in=wanted).values_list("period", "content") if wanted else ()
    return Shelf(dict(rows), asked)
