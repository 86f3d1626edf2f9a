"""The board: what waits in the schools of a lead psychologist, counted. It names no pupil and ranks none (rule 3)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import cast

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils import timezone

from caseflow.accounts.models import User
from caseflow.cases.selectors.caseload import open_by_school
from caseflow.clocks.models import Absence
from caseflow.clocks.selectors.absences import away_on, stand_ins_by
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import District, Membership, School
from caseflow.directory.selectors import members_of_schools
from caseflow.supervision.rules import BY_OVERDUE, Asked
from caseflow.supervision.selectors.counting import (
    NONE,
    Counted,
    Flows,
    OpenCases,
    count_cases,
    count_flows,
    count_waiting,
    overdue_by_school,
)
from prepared import prepared

PER_PAGE = 25
NO_FLOWS = Flows()
NAMED = ("last_name", "first_name", "patronymic")  # what of a person stands on the board


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


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """One school on the board. `risks` count the open cases by level, "" for those that nobody has assessed."""

    school: School
    workers: list[Worker]
    risks: Mapping[str, int]
    waiting: Counted
    overdue: Counted
    running: Flows

    @property
    def flows(self) -> int:
        return self.running.number

    @property
    def late_flows(self) -> int:
        return self.running.late

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
    """The board of the actor's schools. As many queries for one school as for all of a page."""
    found = BoardRows(actor, asked)
    page: Page[SchoolRow] = Paginator(found, PER_PAGE).get_page(number)  # type: ignore[arg-type]  # a length and slices are all it asks for
    rows = list(page)
    return Board(page, rows, _totals(found, rows), _districts(actor.membership.region_id))


class BoardRows:
    """All rows of the board in their order, of which only the people and cases of those that are shown are read."""

    def __init__(self, actor: Actor, asked: Asked) -> None:
        self.actor = actor
        self.overdue = overdue_by_school(actor)
        self.ids = tuple(_schools(actor, asked))
        if asked.sort == BY_OVERDUE:  # stable: those alike stay by name
            self.ids = tuple(sorted(self.ids, key=lambda pk: -self.overdue.get(pk, NONE).number))

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, shown: slice) -> list[SchoolRow]:
        return self._rows(self.ids[shown])

    @cached_property
    def waiting(self) -> dict[int, Counted]:
        return count_waiting(self.actor)

    @cached_property
    def flows(self) -> dict[int, Flows]:
        return count_flows(self.actor)

    def _rows(self, ids: tuple[int, ...]) -> list[SchoolRow]:
        """These schools, in this order, with their figures."""
        cases = count_cases(self.actor, ids)
        workers = _workers(ids, cases)
        schools = {school.pk: school for school in _named(ids)}
        return [
            SchoolRow(
                schools[pk],
                workers[pk],
                cases.risks[pk],
                self.waiting.get(pk, NONE),
                self.overdue.get(pk, NONE),
                self.flows.get(pk, NO_FLOWS),
            )
            for pk in ids
        ]


def _schools(actor: Actor, asked: Asked) -> Iterable[int]:
    """The ids of all that fit, by name: a region has hundreds, and a page names a few of them."""
    if not asked.query:
        return _schools_in(actor, asked.district)
    named = Q(name_ru__icontains=asked.query) | Q(name_kk__icontains=asked.query)
    return _by_name(actor, asked.district).filter(named)


def _by_name(actor: Actor, district: int | None) -> QuerySet[School, int]:
    schools = actor.schools().filter(district=district) if district else actor.schools()
    return schools.order_by("name_ru", "pk").values_list("pk", flat=True)


@prepared
def _schools_in(actor: Actor, district: int | None) -> QuerySet[School, int]:
    return _by_name(actor, district)


@prepared
def _named(ids: tuple[int, ...]) -> QuerySet[School]:
    names = (f"{unit}name_{code}" for unit in ("", "district__") for code in ("kk", "ru", "en"))
    return School.objects.filter(pk__in=ids).select_related("district").only(*names)


def _districts(region: int | None) -> list[District]:
    """What there is to choose from; nothing for the lead of one district."""
    return _districts_of(region) if region else []


@prepared
def _districts_of(region: int) -> QuerySet[District]:
    return District.objects.filter(region=region).order_by("name_ru", "pk")


def _workers(ids: tuple[int, ...], cases: OpenCases) -> dict[int, list[Worker]]:
    """The psychologists of each school by name, then whoever else leads cases there. Two to five queries."""
    today = timezone.localdate()
    members = _psychologists(ids, today)
    away = {one.membership_id: one for one in _absences(tuple(member.pk for member in members), today)}
    instead = stand_ins_by(away)
    workers: dict[int, list[Worker]] = {pk: [] for pk in ids}
    left = {(school, owner): stages for school, led in cases.led.items() for owner, stages in led.items()}
    for member in members:
        school_id = cast("int", member.school_id)  # they are asked for by their schools
        stages = left.pop((school_id, member.user_id), Counter())
        worker = Worker(member.user, member, away.get(member.pk), instead.get(member.pk), stages)
        workers[school_id].append(worker)
    people = User.objects.only(*NAMED).in_bulk({owner for _school, owner in left}) if left else {}
    for (school, owner), stages in left.items():
        workers[school].append(Worker(people[owner], None, None, None, stages))
    return workers


@prepared
def _psychologists(schools: tuple[int, ...], today: date) -> QuerySet[Membership]:
    members = members_of_schools(schools, [Role.PSYCHOLOGIST], today).select_related("user")
    named = members.only("user_id", "school_id", *(f"user__{name}" for name in NAMED))
    return named.order_by("user__last_name", "user__first_name", "pk")


@prepared
def _absences(members: tuple[int, ...], today: date) -> QuerySet[Absence]:
    away = Absence.objects.filter(away_on(today), membership__in=members).select_related("stand_in__user")
    return away.only("membership_id", "last_day", *(f"stand_in__user__{name}" for name in NAMED))


def _totals(found: BoardRows, rows: list[SchoolRow]) -> Totals:
    """Two queries where the board has more than this page."""
    ids = found.ids
    on_page = {row.school.pk: row.cases for row in rows}
    cases = on_page if len(on_page) == len(ids) else open_by_school(found.actor)
    return Totals(
        schools=len(ids),
        cases=sum(cases[pk] for pk in ids),
        waiting=sum(found.waiting.get(pk, NONE).number for pk in ids),
        overdue=sum(found.overdue.get(pk, NONE).number for pk in ids),
        flows=sum(found.flows.get(pk, NO_FLOWS).number for pk in ids),
    )
