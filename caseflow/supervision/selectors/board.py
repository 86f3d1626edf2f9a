"""The board: what waits in the schools of a lead psychologist, counted. It names no pupil and ranks none (rule 3)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.core.paginator import Page, Paginator
from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from caseflow.accounts.models import User
from caseflow.cases.enums import Stage
from caseflow.cases.selectors.scope import cases_in_unit
from caseflow.clocks.models import Absence
from caseflow.clocks.selectors.absences import absences_on, stand_ins_of
from caseflow.clocks.selectors.overdue import missed_clocks
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import District, Membership, School
from caseflow.directory.selectors import members_of_schools
from caseflow.protocols.models import HIGH_RISK, Flow
from caseflow.supervision.rules import BY_OVERDUE, Asked
from caseflow.triage.conflicts import without_conflicts
from caseflow.triage.enums import OPEN_STATES
from caseflow.triage.models import TriageItem

PER_PAGE = 25
NOT_ASSESSED = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of something, and since when the oldest of them waits; None where there is none."""

    number: int = 0
    oldest: datetime | None = None


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who leads cases of a school. `member` is None for whoever is no psychologist there any more."""

    user: User
    member: Membership | None
    absence: Absence | None
    stand_in: Membership | None
    stages: Mapping[str, int]

    @property
    def cases(self) -> int:
        return sum(self.stages.values())

    @property
    def in_stages(self) -> list[tuple[str, int]]:
        """The stages in which something is, with their names, in the order of the work."""
        return [(str(stage.label), self.stages[stage.value]) for stage in Stage if self.stages.get(stage.value)]


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """One school on the board. `risks` count the open cases by level, "" for those that nobody has assessed."""

    school: School
    workers: list[Worker]
    risks: Mapping[str, int]
    waiting: Counted
    overdue: Counted
    flows: int
    late_flows: int

    @property
    def cases(self) -> int:
        return sum(self.risks.values())

    @property
    def has_psychologist(self) -> bool:
        return any(worker.member for worker in self.workers)


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums over all schools that fit."""

    schools: int
    cases: int
    waiting: int
    overdue: int
    flows: int


@dataclass(frozen=True, slots=True)
class Board:
    """A page of the board; `rows` are those of its `page`."""

    page: Page[SchoolRow]
    rows: list[SchoolRow]
    totals: Totals
    districts: list[District]


def board_of(actor: Actor, asked: Asked, number: str | int = 1) -> Board:
    """The board of the actor's schools. As many queries for one school as for all."""
    found = BoardRows(actor, asked)
    page: Page[SchoolRow] = Paginator(found, PER_PAGE).get_page(number)  # type: ignore[arg-type]  # a length and slices are all it asks for
    return Board(page, list(page), _totals(actor, found), _districts(actor))


class BoardRows:
    """All rows of the board in their order, of which only those that are shown are counted."""

    def __init__(self, actor: Actor, asked: Asked) -> None:
        self._actor, self.schools = actor, _schools(actor, asked)
        self.overdue = overdue_by_school(actor)
        self.ids = list(self.schools.order_by("name_ru", "pk").values_list("pk", flat=True))
        if asked.sort == BY_OVERDUE:
            self.ids.sort(key=lambda pk: -self.overdue.get(pk, Counted()).number)  # stable: those alike stay by name

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, shown: slice) -> list[SchoolRow]:
        return rows_of(self._actor, self.ids[shown], self.overdue)


def rows_of(actor: Actor, ids: list[int], overdue: Mapping[int, Counted]) -> list[SchoolRow]:
    """These schools, in this order, with their figures. Nothing about the actor's own child is counted."""
    schools = School.objects.select_related("district").in_bulk(ids)
    led, risks = _cases(actor, ids)
    workers = _workers(ids, led)
    waiting, flows = _waiting(actor, ids), _flows(actor, ids)
    return [
        SchoolRow(
            schools[pk], workers[pk], risks[pk], waiting.get(pk, Counted()), overdue.get(pk, Counted()), *flows[pk]
        )
        for pk in ids
    ]


def overdue_by_school(actor: Actor) -> dict[int, Counted]:
    """How much is overdue in each of the actor's schools where something is. One query."""
    missed = missed_clocks(actor).order_by().values("school")
    rows = missed.annotate(number=Count("pk"), oldest=Min("due_at")).values_list("school", "number", "oldest")
    return {school: Counted(number, oldest) for school, number, oldest in rows}


def _schools(actor: Actor, asked: Asked) -> QuerySet[School]:
    schools = actor.schools()
    if asked.district:
        schools = schools.filter(district=asked.district)
    if asked.query:
        named = Q(name_ru__icontains=asked.query) | Q(name_kk__icontains=asked.query)
        schools = schools.filter(named)
    return schools


def _districts(actor: Actor) -> list[District]:
    """What there is to choose from; nothing for the lead of one district."""
    if actor.membership.region_id is None:
        return []
    return list(District.objects.filter(region=actor.membership.region_id).order_by("name_ru", "pk"))


def _cases(actor: Actor, ids: list[int]) -> tuple[dict[int, dict[int, Counter[str]]], dict[int, Counter[str]]]:
    """Of each school: the open cases of each owner by stage, and all of them by risk. One query."""
    cases = cases_in_unit(actor).filter(school__in=ids, closed_at=None).order_by()
    counted = cases.values_list("school", "owner", "stage", "risk").annotate(number=Count("pk"))
    led: dict[int, dict[int, Counter[str]]] = {pk: defaultdict(Counter) for pk in ids}
    risks: dict[int, Counter[str]] = {pk: Counter() for pk in ids}
    for school, owner, stage, risk, number in counted:
        led[school][owner][stage] += number
        risks[school][risk or NOT_ASSESSED] += number
    return led, risks


def _workers(ids: list[int], led: Mapping[int, Mapping[int, Counter[str]]]) -> dict[int, list[Worker]]:
    """The psychologists of each school by name, then whoever else leads cases there. Four to six queries."""
    members = list(
        members_of_schools(ids, [Role.PSYCHOLOGIST])
        .select_related("user")
        .order_by("user__last_name", "user__first_name", "pk")
    )
    away = absences_on(member.pk for member in members)
    instead = stand_ins_of(list(away)) if away else {}
    workers: dict[int, list[Worker]] = {pk: [] for pk in ids}
    known = {(member.school_id, member.user_id) for member in members}
    for member in members:
        school_id = cast("int", member.school_id)  # they are asked for by their schools
        stages = led[school_id].get(member.user_id, Counter())
        worker = Worker(member.user, member, away.get(member.pk), instead.get(member.pk), stages)
        workers[school_id].append(worker)
    left = [(school, owner) for school, owners in led.items() for owner in owners if (school, owner) not in known]
    people = User.objects.in_bulk({owner for _school, owner in left})
    for school, owner in left:
        workers[school].append(Worker(people[owner], None, None, None, led[school][owner]))
    return workers


def _waiting(actor: Actor, ids: list[int]) -> dict[int, Counted]:
    """What waits in the queues. One query."""
    items = TriageItem.objects.filter(school__in=ids, state__in=OPEN_STATES)
    counted = without_conflicts(actor, items).order_by().values("school")
    rows = counted.annotate(number=Count("pk", distinct=True), oldest=Min("due_at"))
    return {
        school: Counted(number, oldest) for school, number, oldest in rows.values_list("school", "number", "oldest")
    }


def _flows(actor: Actor, ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """How many flows of high risk run in each school, and in how many of them a step is late. One query."""
    late = Q(steps__clock__stopped_at=None, steps__clock__due_at__lt=timezone.now())
    running = _running(actor).filter(case__school__in=ids)
    rows = (
        running.order_by()
        .values("case__school")
        .annotate(number=Count("pk", distinct=True), late=Count("pk", filter=late, distinct=True))
    )
    found = {school: (number, late) for school, number, late in rows.values_list("case__school", "number", "late")}
    return {pk: found.get(pk, (0, 0)) for pk in ids}


def _running(actor: Actor) -> QuerySet[Flow]:
    cases = cases_in_unit(actor).filter(closed_at=None).values("pk")
    return Flow.objects.filter(case__in=cases, ended_at=None, version__protocol__code=HIGH_RISK)


def _totals(actor: Actor, found: BoardRows) -> Totals:
    """Three queries."""
    schools = found.schools
    items = TriageItem.objects.filter(school__in=schools, state__in=OPEN_STATES)
    return Totals(
        schools=len(found),
        cases=cases_in_unit(actor).filter(closed_at=None, school__in=schools).count(),
        waiting=without_conflicts(actor, items).distinct().count(),
        overdue=sum(found.overdue[pk].number for pk in found.ids if pk in found.overdue),
        flows=_running(actor).filter(case__school__in=schools).count(),
    )
