"""What is counted school by school for the board. Nothing about the actor's own child is among it (rule 10b)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from caseflow.cases.enums import RiskLevel, Stage
from caseflow.cases.models import Case
from caseflow.cases.selectors.scope import cases_in_unit, cases_of_schools
from caseflow.clocks.selectors.overdue import missed_by_school
from caseflow.directory.actors import Actor
from caseflow.protocols.models import HIGH_RISK
from caseflow.triage.conflicts import without_conflicts
from caseflow.triage.enums import OPEN_STATES
from caseflow.triage.models import TriageItem
from prepared import prepared

NOT_ASSESSED = ""
STAGES = tuple(stage.value for stage in Stage if stage != Stage.CLOSED)
LEVELS = tuple(level.value for level in RiskLevel)
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
    for school, owner, *numbers in _grouped_cases(actor, schools):
        stages = Counter(dict(zip(STAGES, numbers, strict=False)))
        levels = Counter(dict(zip(LEVELS, numbers[len(STAGES) :], strict=True)))
        levels[NOT_ASSESSED] = stages.total() - levels.total()
        led[school][owner] = +stages
        risks[school] += levels
    return OpenCases(led, risks)


def count_flows(actor: Actor) -> dict[int, Flows]:
    """The flows of high risk in open cases, for each of the actor's schools that has some. One query."""
    return {school: Flows(number, late) for school, number, late in _grouped_flows(actor, timezone.now())}


def count_waiting(actor: Actor) -> dict[int, Counted]:
    """What waits in the queues of the actor's schools, for each that has something. One query."""
    return _counted(_grouped_items(actor))


def overdue_by_school(actor: Actor) -> dict[int, Counted]:
    """How much is overdue in each of the actor's schools where something is. Four queries."""
    return _counted(missed_by_school(actor))


@prepared
def _grouped_cases(actor: Actor, schools: Schools) -> QuerySet[Case, tuple[int, ...]]:
    """A row for each school and owner, not for each stage and risk of them too: these are its columns, whose names
    follow those of the row, first the stages and then the levels."""
    by_stage = {f"in_{stage}": Count("pk", filter=Q(stage=stage)) for stage in STAGES}
    by_risk = {f"at_{level}": Count("pk", filter=Q(risk=level)) for level in LEVELS}
    found = _open(cases_of_schools(actor, schools)).values_list("school", "owner")
    return found.annotate(**by_stage, **by_risk)


@prepared
def _grouped_flows(actor: Actor, now: datetime) -> QuerySet[Case, tuple[int, int, int]]:
    running = _open(cases_in_unit(actor)).filter(flows__ended_at=None, flows__version__protocol__code=HIGH_RISK)
    late = Q(flows__steps__clock__stopped_at=None, flows__steps__clock__due_at__lt=now)
    return running.values_list("school").annotate(
        number=Count("flows", distinct=True), late=Count("flows", filter=late, distinct=True)
    )


@prepared
def _grouped_items(actor: Actor) -> QuerySet[TriageItem, tuple[int, int, datetime]]:
    items = TriageItem.objects.filter(school__in=actor.schools(), state__in=OPEN_STATES)
    waiting = without_conflicts(actor, items).order_by().values_list("school")
    return waiting.annotate(number=Count("pk"), oldest=Min("due_at"))


def _open(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.filter(closed_at=None).order_by()


def _counted(rows: Iterable[tuple[int, int, datetime]]) -> dict[int, Counted]:
    return {school: Counted(number, oldest) for school, number, oldest in rows}
