"""Monthly tests of fixed buttons that are overdue: in which district and since when, and not at which school."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from caseflow.alarms.models import Button


@dataclass(frozen=True, slots=True)
class Untested:
    """The missed clock of a button's test, its district, and when it was due."""

    clock: UUID
    district: int
    due_at: datetime


def untested(region_id: int, now: datetime) -> list[Untested]:
    """The buttons in force whose test is overdue, the longest first. One query."""
    missed = Button.objects.filter(test_clock__stopped_at=None, test_clock__due_at__lt=now, device__ended_at=None)
    found = missed.filter(device__school__district__region=region_id).order_by("test_clock__due_at", "pk")
    return [Untested(*row) for row in found.values_list("test_clock", "device__school__district", "test_clock__due_at")]
