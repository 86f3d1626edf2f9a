"""Figures for the council's report. Exact: what may be published of them is decided by the room that publishes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count as CountOf
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from caseflow.directory.models import Region
from caseflow.incidents.enums import AssessmentKind
from caseflow.incidents.models import Incident

CLOCKS = {AssessmentKind.PSYCHOLOGICAL: "psych_clock", AssessmentKind.LEGAL: "legal_clock"}


@dataclass(frozen=True, slots=True)
class Count:
    """How many events of a category were reported in a district."""

    district_id: int
    category: str
    events: int


@dataclass(frozen=True, slots=True)
class AssessmentTimes:
    """How the assessments that the reports of a period needed stand now, in a district.

    `in_time` and `late` were given before or after the deadline; `open` are not due yet, `overdue` are missing.
    """

    district_id: int
    kind: AssessmentKind
    in_time: int
    late: int
    open: int
    overdue: int

    @property
    def needed(self) -> int:
        return self.in_time + self.late + self.open + self.overdue


def counts(region: Region, start: date, end: date) -> list[Count]:
    """Events by district and category, counted by the day of the report; both days included. One query."""
    rows = _reported(region, start, end).values_list("school__district", "category").annotate(events=CountOf("pk"))
    return [Count(*row) for row in rows.order_by("school__district", "category")]


def assessment_times(
    region: Region,
    start: date,
    end: date,
    *,
    now: datetime | None = None,
    leave_out: Collection[str] = (),
) -> list[AssessmentTimes]:
    """The psychological and the legal assessments of the reports of a period, by district. One query each.

    Reports of the categories in `leave_out` do not count.
    """
    reported = _reported(region, start, end).exclude(category__in=leave_out)
    moment = now or timezone.now()
    return [times for kind in AssessmentKind for times in _times(reported, kind, moment)]


def _times(reported: QuerySet[Incident], kind: AssessmentKind, now: datetime) -> list[AssessmentTimes]:
    clock = f"triage_item__{CLOCKS[kind]}"
    stopped, due = f"{clock}__stopped_at", f"{clock}__due_at"
    given, running = Q(**{f"{stopped}__isnull": False}), Q(**{f"{stopped}__isnull": True})
    rows = (
        reported.filter(**{f"{clock}__isnull": False})
        .values(district=F("school__district"))
        .annotate(
            in_time=CountOf("pk", filter=given & Q(**{f"{stopped}__lte": F(due)})),
            late=CountOf("pk", filter=Q(**{f"{stopped}__gt": F(due)})),
            open=CountOf("pk", filter=running & Q(**{f"{due}__gte": now})),
            overdue=CountOf("pk", filter=running & Q(**{f"{due}__lt": now})),
        )
        .order_by("district")
        .values_list("district", "in_time", "late", "open", "overdue")
    )
    return [AssessmentTimes(district, kind, *numbers) for district, *numbers in rows]


def _reported(region: Region, start: date, end: date) -> QuerySet[Incident]:
    zone = timezone.get_default_timezone()
    first = datetime.combine(start, time(), zone)
    after = datetime.combine(end + timedelta(days=1), time(), zone)
    once = Incident.objects.filter(merged_into=None)  # reports of one event are one event
    return once.filter(school__district__region=region, created_at__gte=first, created_at__lt=after)
