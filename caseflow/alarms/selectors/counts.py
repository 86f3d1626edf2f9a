"""Alarms, drills and buttons by district. Exact: the room that publishes decides what may be shown."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from caseflow.alarms.enums import Finding, Holder
from caseflow.alarms.models import Alarm, Device, Drill
from caseflow.clocks.days import span
from caseflow.directory.models import Region
from caseflow.directory.selectors.figures import schools_that

MISTAKE, REAL = "mistake", "real"
HELD = "held"
Counts = dict[tuple[int, str], int]
"""By district and by what they are divided into."""
Lengths = dict[int, list[float]]
"""Seconds of single answers, by district."""


def alarms(region: Region, first: date, last: date) -> Counts:
    """Real alarms pressed on these days by whether they were pressed by mistake; both included. Two queries.

    A drill that its presser turned into a real alarm is one (rule 20).
    """
    pressed = _real(region, first, last)
    by_mistake = Q(finding=Finding.MISTAKE)
    parts = ((MISTAKE, pressed.filter(by_mistake)), (REAL, pressed.exclude(by_mistake)))
    return {(district, value): count for value, rows in parts for district, count in _by_district(rows)}


def drills(region: Region, first: date, last: date) -> Counts:
    """Drills accepted as such on these days, both included. One query."""
    begin, end = span(first, last)
    held = Drill.objects.filter(revealed_at__gte=begin, revealed_at__lt=end, real_at=None)
    rows = held.filter(device__school__district__region=region).order_by().values_list("device__school__district")
    return {(district, HELD): count for district, count in rows.annotate(drills=Count("pk"))}


def lengths(region: Region, first: date, last: date, until: str) -> Lengths:
    """Seconds from the press of real alarms until the field named `until` (accepted_at, arrived_at). One query."""
    answered = _real(region, first, last).filter(**{f"{until}__isnull": False})
    rows: Iterable[tuple[int, datetime, datetime]] = answered.values_list("school__district", "pressed_at", until)
    found: Lengths = defaultdict(list)
    for district, pressed_at, at in rows:
        found[district].append((at - pressed_at).total_seconds())
    return dict(found)


def with_fixed_button(region: Region) -> Counts:
    """Schools by whether a fixed button is in force there. One query."""
    return schools_that(region, Exists(_devices().filter(holder=Holder.BUTTON)))


def with_phones(region: Region) -> Counts:
    """Schools by whether a phone of the staff can raise an alarm. One query."""
    return schools_that(region, Exists(_devices().filter(holder=Holder.STAFF)))


def with_tested_button(region: Region, first: date, last: date) -> Counts:
    """Schools by whether a button in force was tested by a drill on these days, both included. One query."""
    begin, end = span(first, last)
    tested = Drill.objects.filter(device=OuterRef("pk"), revealed_at__gte=begin, revealed_at__lt=end, real_at=None)
    return schools_that(region, Exists(_devices().filter(Exists(tested), holder=Holder.BUTTON)))


def _devices() -> QuerySet[Device]:
    return Device.objects.filter(school=OuterRef("pk"), ended_at=None)


def _real(region: Region, first: date, last: date) -> QuerySet[Alarm]:
    begin, end = span(first, last)
    pressed = Alarm.objects.filter(school__district__region=region, pressed_at__gte=begin, pressed_at__lt=end)
    return pressed.filter(Q(drill=None) | Q(drill__real_at__isnull=False))


def _by_district(rows: QuerySet[Alarm]) -> list[tuple[int, int]]:
    return list(rows.order_by().values_list("school__district").annotate(alarms=Count("pk")))
