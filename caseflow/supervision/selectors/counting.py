"""What is counted school by school for the board. Nothing about the actor's own child is among it (rule 10b)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q, QuerySet, Value
from django.utils import timezone

from caseflow.cases.models import Case
from caseflow.cases.selectors.scope import cases_of_schools
from caseflow.clocks.selectors.overdue import missed_by_school
from caseflow.directory.actors import Actor
from caseflow.protocols.models import HIGH_RISK
from caseflow.triage.conflicts import without_conflicts
from caseflow.triage.enums import OPEN_STATES
from caseflow.triage.models import TriageItem
from prepared import prepared

NOT_ASSESSED = ""
Schools = tuple[int, ...]  # ids that were read from `actor.schools()`


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of something, and since when the oldest of them waits; None where there is none."""

    number: int = 0
    oldest: datetime | None = None


NONE = Counted()


@dataclass(frozen=True, slots=True)
class Flows:
    """How many flows of high risk run, and in how many of them a step is late."""

    number: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class OpenCases:
    """Of each school: the open cases of each owner by stage, and all of them by risk."""

    led: Mapping[int, Mapping[int, Counter[str]]]
    risks: Mapping[int, Counter[str]]


def count_cases(actor: Actor, schools: Schools) -> OpenCases:
    """The open cases of these of the actor's schools. One query."""
    led: dict[int, dict[int, Counter[str]]] = {pk: {} for pk in schools}
    risks: dict[int, Counter[str]] = {pk: Counter() for pk in schools}
    for school, owner, stage, risk, number in _grouped_cases(actor, schools):
        led[school].setdefault(owner, Counter())[stage] += number
        risks[school][risk or NOT_ASSESSED] += number
    return OpenCases(led, risks)


def number_of_cases(actor: Actor, schools: Schools) -> int:
    """How many are open in all of these schools. One query."""
    return sum(_number_of_cases(actor, schools))


def count_flows(actor: Actor, schools: Schools) -> dict[int, Flows]:
    """The flows of high risk in open cases, for each of these schools that has some. One query."""
    return {school: Flows(number, late) for school, number, late in _grouped_flows(actor, schools, timezone.now())}


def count_waiting(actor: Actor, schools: Schools) -> dict[int, Counted]:
    """What waits in the queues of these schools, for each that has something. One query."""
    return _counted(_grouped_items(actor, schools))


def overdue_by_school(actor: Actor) -> dict[int, Counted]:
    """How much is overdue in each of the actor's schools where something is. Four queries."""
    return _counted(missed_by_school(actor))


def open_cases(actor: Actor, schools: Schools) -> QuerySet[Case]:
    """The open cases of these of the actor's schools, in no order."""
    return cases_of_schools(actor, schools).filter(closed_at=None).order_by()


@prepared
def _number_of_cases(actor: Actor, schools: Schools) -> QuerySet[Case, int]:
    # Grouped by what is the same for all: one row instead of a row for each school.
    together = open_cases(actor, schools).annotate(together=Value(1)).values("together")
    return together.annotate(number=Count("pk")).values_list("number", flat=True)


@prepared
def _grouped_cases(actor: Actor, schools: Schools) -> QuerySet[Case, tuple[int, int, str, str | None, int]]:
    return open_cases(actor, schools).values_list("school", "owner", "stage", "risk").annotate(number=Count("pk"))


@prepared
def _grouped_flows(actor: Actor, schools: Schools, now: datetime) -> QuerySet[Case, tuple[int, int, int]]:
    running = open_cases(actor, schools).filter(flows__ended_at=None, flows__version__protocol__code=HIGH_RISK)
    late = Q(flows__steps__clock__stopped_at=None, flows__steps__clock__due_at__lt=now)
    return running.values_list("school").annotate(
        number=Count("flows", distinct=True), late=Count("flows", filter=late, distinct=True)
    )


@prepared
def _grouped_items(actor: Actor, schools: Schools) -> QuerySet[TriageItem, tuple[int, int, datetime]]:
    items = TriageItem.objects.filter(school__in=schools, state__in=OPEN_STATES)
    waiting = without_conflicts(actor, items).order_by().values_list("school")
    return waiting.annotate(number=Count("pk"), oldest=Min("due_at"))


def _counted(rows: Iterable[tuple[int, int, datetime]]) -> dict[int, Counted]:
    return {school: Counted(number, oldest) for school, number, oldest in rows}
