"""The desk of whoever holds agencies to their deadlines: sums, agency by agency, and down to single numbers."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from caseflow.directory.models import Agency, Region
from caseflow.duties.enums import DutyKind, Overdue
from caseflow.duties.rules.bodies import Body, overdue_for
from caseflow.duties.selectors.owing import Owing, Reach, agencies_in

Sums = Mapping[DutyKind, int]


@dataclass(frozen=True, slots=True)
class BodyRow:
    """What one body owes. `agencies` are its names, `place` where it works."""

    body: Body
    agencies: tuple[Agency, ...]
    place: str
    sums: Sums
    longest: Overdue | None

    @property
    def total(self) -> int:
        return sum(self.sums.values())

    @property
    def counts(self) -> list[tuple[DutyKind, int]]:
        return [(kind, self.sums.get(kind, 0)) for kind in DutyKind]


@dataclass(frozen=True, slots=True)
class Duty:
    """One overdue duty by the number under which the agency knows it too. `decision` is the page of one."""

    kind: DutyKind
    number: str
    overdue: Overdue
    decision: UUID | None


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything overdue within reach: those who owe most first; `silent` owe nothing."""

    region: Region
    sums: Sums
    rows: tuple[BodyRow, ...]
    silent: tuple[BodyRow, ...]

    @property
    def counts(self) -> list[tuple[DutyKind, int]]:
        return [(kind, self.sums.get(kind, 0)) for kind in DutyKind]


def desk_of(reach: Reach, duties: Iterable[Owing], now: datetime) -> Desk:
    """The duties as a desk. 2 queries."""
    by_body: dict[Body, list[Owing]] = {}
    for one in duties:
        by_body.setdefault(one.body, []).append(one)
    agencies = {body: found for body, found in agencies_in(reach.region).items() if reach.has(body)}
    places = {district.pk: str(district) for district in reach.region.districts.all()}
    rows = [
        _row(body, agencies.get(body, ()), places, reach.region, by_body.get(body, []), now)
        for body in {**agencies, **by_body}
    ]
    rows.sort(key=lambda row: (-row.total, row.place, row.body.kind))
    return Desk(
        reach.region,
        Counter(one.kind for found in by_body.values() for one in found),
        tuple(row for row in rows if row.total),
        tuple(row for row in rows if not row.total),
    )


def duties_of(body: Body, duties: Iterable[Owing], numbers: Mapping[UUID, str], now: datetime) -> list[Duty]:
    """What one body owes, by number; the longest overdue first, and within the same while in no order that tells."""
    found = [
        Duty(one.kind, one.number or numbers[one.clock], overdue_for(one.due_at, now), one.decision)
        for one in duties
        if one.body == body
    ]
    order = list(Overdue)
    return sorted(found, key=lambda duty: (-order.index(duty.overdue), duty.kind, duty.number))


def _row(
    body: Body,
    agencies: Iterable[Agency],
    places: Mapping[int, str],
    region: Region,
    duties: list[Owing],
    now: datetime,
) -> BodyRow:
    return BodyRow(
        body,
        tuple(agencies),
        places.get(body.district, "") if body.district else str(region),
        Counter(one.kind for one in duties),
        overdue_for(min(one.due_at for one in duties), now) if duties else None,
    )
