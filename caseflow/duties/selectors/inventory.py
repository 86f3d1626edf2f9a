"""What schools have for their safety, district by district, as it stands now. Exact: duties of those who run them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from caseflow.alarms.selectors import counts as alarms
from caseflow.directory.models import Region
from caseflow.directory.selectors import figures as schools
from caseflow.directory.selectors.figures import YES, Counts

MONTH: Final = timedelta(days=30)
HAS: Final[tuple[Callable[[Region], Counts], ...]] = (
    schools.with_cameras,
    schools.with_wired_cameras,
    alarms.with_fixed_button,
    alarms.with_phones,
)


@dataclass(frozen=True, slots=True)
class InventoryRow:
    """A district: of so many schools so many have cameras, cameras wired to the police, a fixed button, phones that
    raise an alarm, and a button that was tested in the last thirty days."""

    place: str
    schools: int
    having: tuple[int, ...]


def inventory(region: Region, district: int | None, today: date) -> list[InventoryRow]:
    """Each district of a region, or one of them, and below them all together. 6 queries."""
    found = [count(region) for count in HAS]
    found.append(alarms.with_tested_button(region, today - MONTH, today))
    places = [one for one in region.districts.order_by("name_ru") if district in (None, one.pk)]
    rows = [
        InventoryRow(
            str(place),
            sum(number for (at, _has), number in found[0].items() if at == place.pk),
            tuple(counts.get((place.pk, YES), 0) for counts in found),
        )
        for place in places
    ]
    if len(rows) < 2:
        return rows
    columns = zip(*(row.having for row in rows), strict=True)
    whole = InventoryRow(str(region), sum(row.schools for row in rows), tuple(sum(each) for each in columns))
    return [*rows, whole]
