"""Finding pupils, and what hangs on a pupil, by what somebody types."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.urls import reverse

from caseflow.directory.actors import Actor
from caseflow.directory.enums import KeyKind, Role
from caseflow.directory.finding import Hit
from caseflow.directory.models import NameKey, Pupil
from caseflow.directory.rules import spelling
from caseflow.directory.rules.asking import Asked, Word, understand

CANDIDATES = 200  # names that may be meant in spite of an error, of which those are kept that are
AFTER_ALL_KEYS = b"\xff"
Row = TypeVar("Row", bound=Model)


class Fit(Enum):
    """How well a name fits a typed word."""

    WHOLE = "is the word"
    BEGUN = "begins with the word"
    NEAR = "begins with the word, or may do so but for an error"


@dataclass(frozen=True, slots=True)
class Reach:
    """Where names are looked for: in these schools; `pupil` and `school_class` lead from a row to what is narrowed."""

    schools: Sequence[int]
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
    return narrowed_by_name(pupils, asked, Reach(schools), _itself)


def narrowed_by_name(
    rows: QuerySet[Row], asked: Asked, reach: Reach, pupil_of: Callable[[Row], Pupil]
) -> QuerySet[Row]:
    """The rows of whose pupils the names fit: where none do, those that do but for an error."""
    found = _fitting(rows, asked, reach, Fit.BEGUN)
    if not asked.words or found.exists():
        return found
    near = _near(rows, asked, reach, pupil_of)
    return rows.filter(pk__in=[row.pk for row in near])


def best(
    rows: QuerySet[Row], asked: Asked, reach: Reach, limit: int, pupil_of: Callable[[Row], Pupil]
) -> tuple[list[Match[Row]], bool]:
    """The `limit` rows that fit best: whole names, then beginnings, then names with an error; and whether more fit.

    Three queries at most.
    """
    found = list(_fitting(rows, asked, reach, Fit.BEGUN)[: limit + 1])
    if len(found) > limit:
        whole = list(_fitting(rows, asked, reach, Fit.WHOLE)[:limit]) if asked.words else []
        first = dict.fromkeys([*whole, *found])
        return [Match(row, similar=False) for row in first][:limit], True
    matches = [Match(row, similar=False) for row in found]
    if asked.words and len(found) < limit:
        others = _near(rows.exclude(pk__in=[row.pk for row in found]), asked, reach, pupil_of)
        matches += [Match(row, similar=True) for row in others]
    return matches[:limit], len(matches) > limit


def pupil_hits(actor: Actor, asked: Asked, limit: int) -> tuple[list[Hit], bool]:
    """The pupils in the actor's scope whom a page of the actor's role is about."""
    if actor.role not in PAGES or not (asked.words or asked.grade is not None):
        return [], False
    if asked.number is not None and asked.grade is None:  # the number of a case was asked for
        return [], False
    pupils = actor.pupils().select_related("school_class").order_by("last_name", "first_name", "pk")
    matches, more = best(pupils, asked, Reach(schools_of(actor)), limit, _itself)
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


def _fitting(rows: QuerySet[Row], asked: Asked, reach: Reach, fit: Fit) -> QuerySet[Row]:
    for word in asked.words:
        keys = NameKey.objects.filter(_keys_for(word, fit), school__in=reach.schools)
        rows = rows.filter(**{f"{reach.pupil}__in": keys.values("pupil")})
    if asked.grade is not None:
        rows = rows.filter(**{f"{reach.school_class}__grade": asked.grade})
    if asked.letters:
        rows = rows.filter(**{f"{reach.school_class}__letter__in": sorted(asked.letters)})
    return rows


def _near(rows: QuerySet[Row], asked: Asked, reach: Reach, pupil_of: Callable[[Row], Pupil]) -> list[Row]:
    candidates = _fitting(rows, asked, reach, Fit.NEAR)[:CANDIDATES]
    return [row for row in candidates if _is_meant(pupil_of(row), asked)]


def _keys_for(word: Word, fit: Fit) -> Q:
    if fit is Fit.WHOLE:
        return Q(kind=KeyKind.SOUND, key__in=word.sounds)
    begun = Q(kind=KeyKind.SOUND) & _begins(word.beginnings)
    if fit is Fit.BEGUN or not spelling.may_have_error(word.typed):
        return begun
    keys = sorted({key for form in word.forms for key in spelling.error_keys(form)})
    short = len(word.typed) < spelling.FEWEST_FOR_UNFINISHED_ERRORS
    return begun | Q(kind=KeyKind.ERROR) & (Q(key__in=keys) if short else _begins(keys))


def _begins(keys: Sequence[bytes]) -> Q:
    begins = Q(pk__in=())
    for key in keys:
        begins |= Q(key__gte=key, key__lt=key + AFTER_ALL_KEYS)
    return begins


def _is_meant(pupil: Pupil, asked: Asked) -> bool:
    names = spelling.name_words(pupil.full_name)
    return all(any(_fits(word, name) for name in names) for word in asked.words)


def _fits(word: Word, name: str) -> bool:
    begun = any(sound.startswith(word.beginnings) for sound in spelling.sounds(name))
    return begun or any(spelling.is_one_error_away(form, name) for form in word.forms)


def _itself(pupil: Pupil) -> Pupil:
    return pupil
