"""Figures for the council, by district. Exact: what may be published of them is decided by the room that publishes."""

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models import Count as CountOf

from caseflow.clocks.days import span
from caseflow.clocks.selectors.outcomes import outcome
from caseflow.directory.models import Region
from caseflow.incidents.enums import SUSPECTED_BULLYING, AssessmentKind, Category, Confirmed
from caseflow.incidents.models import Bullying, BullyingAct, Incident

CLOCKS = {AssessmentKind.PSYCHOLOGICAL: "psych_clock", AssessmentKind.LEGAL: "legal_clock"}
Counts = dict[tuple[int, str], int]
"""How many events there were, by district and by what they are divided into; none where the pair is missing."""


def events(region: Region, first: date, last: date, leave_out: Collection[Category] = ()) -> Counts:
    """Events by category, counted by the day of the report; both days included. One query."""
    return _counted(_reported(region, first, last, leave_out), "category")


def assessed(
    region: Region,
    first: date,
    last: date,
    kind: AssessmentKind,
    *,
    now: datetime,
    leave_out: Collection[Category] = (),
) -> Counts:
    """What came of the assessments of one kind that the events needed, by `Outcome`. One query."""
    asked = _reported(region, first, last, leave_out)
    return _counted(asked.annotate(value=outcome(f"triage_item__{CLOCKS[kind]}", now)), "value")


def confirmed(region: Region, first: date, last: date) -> Counts:
    """Events of suspected bullying by whether a finding of bullying stands that rests on them (rule 13). One query."""
    event = OuterRef("pk")  # with the reports that were merged into it
    standing = Bullying.objects.filter(Q(incident=event) | Q(incident__merged_into=event), taken_back_at=None)
    resting = BullyingAct.objects.filter(
        Q(incident=event) | Q(incident__merged_into=event), finding__taken_back_at=None
    )
    found = Q(Exists(standing)) | Q(Exists(resting))
    suspected = _reported(region, first, last).filter(category__in=SUSPECTED_BULLYING)
    said = Case(When(found, then=Value(Confirmed.YES.value)), default=Value(Confirmed.NO.value))
    return _counted(suspected.annotate(value=said), "value")


def _counted(incidents: QuerySet[Incident], by: str) -> Counts:
    rows = incidents.order_by().values_list("school__district", by).annotate(events=CountOf("pk"))
    return {(district, value): count for district, value, count in rows}


def _reported(region: Region, first: date, last: date, leave_out: Collection[Category] = ()) -> QuerySet[Incident]:
    begin, end = span(first, last)
    once = Incident.objects.filter(merged_into=None)  # reports of one event are one event
    found = once.filter(school__district__region=region, created_at__gte=begin, created_at__lt=end)
    return found.exclude(category__in=leave_out)
