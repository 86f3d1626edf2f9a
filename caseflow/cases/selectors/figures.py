"""How many cases were opened and closed, by district. Exact: the room that publishes decides what may be shown."""

from datetime import date

from django.db.models import Count, QuerySet

from caseflow.cases.models import Case
from caseflow.clocks.days import span
from caseflow.directory.models import Region

ALL = "all"
Counts = dict[tuple[int, str], int]
"""By district and `ALL`: cases are divided no further."""


def opened(region: Region, first: date, last: date) -> Counts:
    """Cases opened on these days, both included. One query."""
    begin, end = span(first, last)
    return _counted(Case.objects.filter(opened_at__gte=begin, opened_at__lt=end), region)


def closed(region: Region, first: date, last: date) -> Counts:
    """Cases closed on these days and not open again now, both days included. One query."""
    begin, end = span(first, last)
    return _counted(Case.objects.filter(closed_at__gte=begin, closed_at__lt=end), region)


def _counted(cases: QuerySet[Case], region: Region) -> Counts:
    within = cases.filter(school__district__region=region).order_by().values_list("school__district")
    return {(district, ALL): count for district, count in within.annotate(cases=Count("pk"))}
