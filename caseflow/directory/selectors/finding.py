"""Finding pupils, and what hangs on a pupil, by what somebody types."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import Case, Model, QuerySet, Value, When
from django.urls import reverse

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.finding import Hit
from caseflow.directory.models import Pupil
from caseflow.directory.rules.asking import Asked, understand
from caseflow.directory.selectors.naming import Lookup, is_meant

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Reach(Generic[Row]):
    """Where is looked: in these schools. `pupil` and `school_class` lead from a row to what is narrowed, `name_of` to
    the pupil's name."""

    schools: Sequence[int]
    name_of: Callable[[Row], str]
    pupil: str = "pk"
    school_class: str = "school_class"


@dataclass(frozen=True, slots=True)
class Match(Generic[Row]):
    """A row that was found; `similar` where its name fits but for an error."""

    row: Row
    similar: bool


def find_pupils(actor: Actor, query: str) -> QuerySet[Pupil]:
    """The actor's pupils whose names and class fit `query`, by name; everybody for an empty one."""
    pupils = actor.pupils().select_related("school_class", "school").order_by("last_name", "first_name", "pk")
    return pupils_like(pupils, schools_of(actor), query)


def pupils_like(pupils: QuerySet[Pupil], schools: Sequence[int], query: str) -> QuerySet[Pupil]:
    """Those of the pupils of these schools who fit `query`: where nobody does, those who do but for an error."""
    asked = understand(query)
    if asked.is_nothing:
        return pupils.none() if query.strip() else pupils
    if asked.grade is None and asked.number is not None:  # no cases here whose number it could be
        pupils = pupils.filter(school_class__grade=asked.number)
    return narrowed_by_name(pupils, asked, Reach(schools, _full_name))


def narrowed_by_name(rows: QuerySet[Row], asked: Asked, reach: Reach[Row]) -> QuerySet[Row]:
    """The rows of whose pupils the names fit: where none do, those that do but for an error."""
    rows, lookup = _in_class(rows, asked, reach), Lookup(asked)
    if not asked.words:
        return rows
    found = _of(rows, reach, lookup.called(reach.schools).begun)
    if found.exists():
        return found
    near = _of(rows, reach, lookup.nearly(reach.schools))
    return rows.filter(pk__in=[row.pk for row in near if is_meant(reach.name_of(row), asked.words)])


def best(rows: QuerySet[Row], lookup: Lookup, reach: Reach[Row], limit: int) -> tuple[list[Match[Row]], bool]:
    """The `limit` rows that fit best: whole names, then beginnings, then names with an error; and whether more fit.

    Names with an error are looked for where not more than `limit` pupils begin so. One query, and those of the lookup.
    """
    rows = _in_class(rows, lookup.asked, reach)
    words = lookup.asked.words
    if not words:
        return _cut([Match(row, similar=False) for row in rows[: limit + 1]], limit)
    called = lookup.called(reach.schools)
    if len(called.begun) > limit:
        found = _whole_first(_of(rows, reach, called.begun), reach, called.whole)[: limit + 1]
        return _cut([Match(row, similar=False) for row in found], limit)
    near = _of(rows, reach, called.begun | lookup.nearly(reach.schools))
    names = _whole_first(near, reach, called.whole)
    matches = [Match(row, similar=_pupil_id(row, reach) not in called.begun) for row in names]
    meant = [match for match in matches if not match.similar or is_meant(reach.name_of(match.row), words)]
    return _cut(sorted(meant, key=lambda match: match.similar), limit)


def pupil_hits(actor: Actor, lookup: Lookup, limit: int) -> tuple[list[Hit], bool]:
    """The pupils in the actor's scope whom a page of the actor's role is about."""
    asked = lookup.asked
    if actor.role not in PAGES or (asked.grade is None and (asked.number is not None or not asked.words)):
        return [], False  # a number that is no grade is that of a case
    pupils = actor.pupils().select_related("school_class").order_by("last_name", "first_name", "pk")
    matches, more = best(pupils, lookup, Reach(schools_of(actor), _full_name), limit)
    return [_hit(actor.role, match) for match in matches], more


def schools_of(actor: Actor) -> list[int]:
    """The ids of the schools the actor reaches; no query for who works at one."""
    unit = actor.membership
    if unit.school_class:
        return [unit.school_class.school_id]
    return [unit.school_id] if unit.school_id else list(actor.schools().values_list("pk", flat=True))


def _report_page(pupil: Pupil) -> str:
    return f"{reverse('incidents:create')}?pupil={pupil.pk}"


def _class_page(pupil: Pupil) -> str:
    if pupil.school_class_id is None:
        return reverse("directory:classes")
    return reverse("directory:class", args=[pupil.school_class_id])


# Where a role is led from the name of a pupil.
PAGES: dict[Role, Callable[[Pupil], str]] = {
    Role.PSYCHOLOGIST: lambda pupil: reverse("directory:pupil", args=[pupil.pk]),
    Role.SCHOOL_ADMIN: _class_page,
    Role.CLASS_TEACHER: _report_page,
}


def _hit(role: Role, match: Match[Pupil]) -> Hit:
    pupil = match.row
    note = str(pupil.school_class or "")
    return Hit(str(pupil.pk), pupil.full_name, note, PAGES[role](pupil), "user", similar=match.similar)


def _in_class(rows: QuerySet[Row], asked: Asked, reach: Reach[Row]) -> QuerySet[Row]:
    if asked.grade is not None:
        rows = rows.filter(**{f"{reach.school_class}__grade": asked.grade})
    if asked.letters:
        rows = rows.filter(**{f"{reach.school_class}__letter__in": sorted(asked.letters)})
    return rows


def _of(rows: QuerySet[Row], reach: Reach[Row], pupils: Collection[UUID]) -> QuerySet[Row]:
    return rows.filter(**{f"{reach.pupil}__in": pupils})


def _whole_first(rows: QuerySet[Row], reach: Reach[Row], whole: Collection[UUID]) -> QuerySet[Row]:
    if not whole:
        return rows
    rank = Case(When(**{f"{reach.pupil}__in": whole}, then=Value(0)), default=Value(1))
    return rows.order_by(rank, *rows.query.order_by)


def _pupil_id(row: Row, reach: Reach[Row]) -> UUID:
    found: UUID = row.pk if reach.pupil == "pk" else getattr(row, f"{reach.pupil}_id")
    return found


def _cut(matches: list[Match[Row]], limit: int) -> tuple[list[Match[Row]], bool]:
    return matches[:limit], len(matches) > limit


def _full_name(pupil: Pupil) -> str:
    return pupil.full_name
