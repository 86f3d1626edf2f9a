"""Assessments that are overdue, as a duty of whoever owes them: where and since when, and nothing of what happened."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from caseflow.incidents.enums import AssessmentKind, Category
from caseflow.incidents.models import Incident
from caseflow.incidents.selectors.figures import CLOCKS

A_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Owed:
    """A missed clock, the district of its school, and when it was due."""

    clock: UUID
    district: int
    due_at: datetime


def owed(
    region_id: int, kind: AssessmentKind, *, now: datetime | None = None, leave_out: Collection[Category] = ()
) -> list[Owed]:
    """The assessments of one kind that are overdue in a region, the longest first. One query.

    Reports of one event are one event.
    """
    clock = f"triage_item__{CLOCKS[kind]}"
    found = _overdue(kind, now or timezone.now(), leave_out).filter(school__district__region=region_id)
    rows = found.order_by(f"{clock}__due_at", "pk").values_list(clock, "school__district", f"{clock}__due_at")
    return [Owed(*row) for row in rows]


def owed_in(incident: Incident, *, above: bool, leave_out: Collection[Category] = ()) -> int:
    """How many legal assessments are overdue in the event's district, or in its whole region, its own missed one among
    them. One query."""
    district, clock = incident.school.district, incident.triage_item.legal_clock
    place = {"school__district__region": district.region_id} if above else {"school__district": district.pk}
    now = max(timezone.now(), clock.due_at + A_MOMENT) if clock else timezone.now()
    return _overdue(AssessmentKind.LEGAL, now, leave_out).filter(**place).count()


def _overdue(kind: AssessmentKind, now: datetime, leave_out: Collection[Category]) -> QuerySet[Incident]:
    clock = f"triage_item__{CLOCKS[kind]}"
    missed = {f"{clock}__stopped_at": None, f"{clock}__due_at__lt": now}
    return Incident.objects.filter(merged_into=None, **missed).exclude(category__in=leave_out)
