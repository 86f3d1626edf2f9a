"""Which pupils of some schools are called as somebody types it: only their ids, before any scope."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from caseflow.directory.enums import KeyKind
from caseflow.directory.models import NameKey
from caseflow.directory.rules import spelling
from caseflow.directory.rules.asking import Asked, Word

AFTER_ALL_KEYS = b"\xff"
MOST_KEYS = 5_000  # more are not read: two letters of a name in a school of ten thousand


@dataclass(frozen=True, slots=True)
class Called:
    """Pupils of whose names each begins with a typed word, and those of them of whose names each is one."""

    begun: frozenset[UUID]
    whole: frozenset[UUID]


@dataclass(slots=True)
class Lookup:
    """The names that somebody asks for, looked up once for all who find something by them."""

    asked: Asked
    _called: dict[tuple[int, ...], Called] = field(default_factory=dict)
    _nearly: dict[tuple[int, ...], frozenset[UUID]] = field(default_factory=dict)

    def called(self, schools: Sequence[int]) -> Called:
        """One query, the first time."""
        place = tuple(schools)
        if place not in self._called:
            self._called[place] = _called(self.asked.words, schools)
        return self._called[place]

    def nearly(self, schools: Sequence[int]) -> frozenset[UUID]:
        """Pupils who may be called so but for an error; the names tell. One query more, the first time."""
        place = tuple(schools)
        if place not in self._nearly:
            self._nearly[place] = _nearly(self.asked.words, schools)
        return self._nearly[place]


def is_meant(name: str, words: Collection[Word]) -> bool:
    """Whether each of the words begins a word of the name, or does so but for an error."""
    names = spelling.name_words(name)
    return all(any(_fits(word, name) for name in names) for word in words)


def _called(words: Sequence[Word], schools: Sequence[int]) -> Called:
    found = _keys_of(schools, Q(kind=KeyKind.SOUND) & _any_of(_begins(word.beginnings) for word in words))
    begun = [{pupil for pupil, _, key in found if key.startswith(word.beginnings)} for word in words]
    whole = [{pupil for pupil, _, key in found if key in word.sounds} for word in words]
    return Called(frozenset(set.intersection(*begun)), frozenset(set.intersection(*whole)))


def _nearly(words: Sequence[Word], schools: Sequence[int]) -> frozenset[UUID]:
    found = _keys_of(schools, _any_of(_near(word, _error_keys(word)) for word in words))
    return frozenset(set.intersection(*(set(_near_of(word, found)) for word in words)))


def _keys_of(schools: Sequence[int], fitting: Q) -> list[tuple[UUID, int, bytes]]:
    keys = NameKey.objects.filter(fitting, school__in=schools).values_list("pupil_id", "kind", "key")[:MOST_KEYS]
    return [(pupil, kind, bytes(key)) for pupil, kind, key in keys]


def _near(word: Word, errors: tuple[bytes, ...]) -> Q:
    begun = Q(kind=KeyKind.SOUND) & _begins(word.beginnings)
    if not errors:
        return begun
    return begun | Q(kind=KeyKind.ERROR) & (Q(key__in=errors) if _is_short(word) else _begins(errors))


def _near_of(word: Word, found: Iterable[tuple[UUID, int, bytes]]) -> Iterator[UUID]:
    begun, errors, short = word.beginnings, _error_keys(word), _is_short(word)
    for pupil, kind, key in found:
        begins = key.startswith(begun if kind == KeyKind.SOUND else errors)
        if begins and (kind == KeyKind.SOUND or not short or key in errors):
            yield pupil


def _error_keys(word: Word) -> tuple[bytes, ...]:
    """Without those that begin with another: what they find is found by it."""
    if not spelling.may_have_error(word.typed):
        return ()
    keys = sorted({key for form in word.forms for key in spelling.error_keys(form)})
    if _is_short(word):
        return tuple(keys)
    return tuple(key for key in keys if not any(key != other and key.startswith(other) for other in keys))


def _is_short(word: Word) -> bool:
    return len(word.typed) < spelling.FEWEST_FOR_UNFINISHED_ERRORS


def _begins(keys: Sequence[bytes]) -> Q:
    return _any_of(Q(key__gte=key, key__lt=key + AFTER_ALL_KEYS) for key in keys)


def _any_of(conditions: Iterable[Q]) -> Q:
    found = Q(pk__in=())
    for condition in conditions:
        found |= condition
    return found


def _fits(word: Word, name: str) -> bool:
    begun = any(sound.startswith(word.beginnings) for sound in spelling.sounds(name))
    return begun or any(spelling.is_one_error_away(form, name) for form in word.forms)
