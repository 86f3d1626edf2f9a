"""What a search finds. Higher rooms say here what of theirs is found beside the pupils."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.module_loading import import_string

if TYPE_CHECKING:  # apps register here before there are models
    from django_stubs_ext import StrOrPromise

    from caseflow.directory.actors import Actor
    from caseflow.directory.selectors.naming import Lookup


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: what it is called, what tells it from its namesakes, where it leads.

    `similar` says that the name is written otherwise than asked for.
    """

    id: str
    title: str
    note: str
    url: str
    icon: str
    similar: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind, the best first; `more` says that there is more than was asked for."""

    kind: str
    title: str
    hits: list[Hit]
    more: bool


_finders: "dict[str, tuple[StrOrPromise, str]]" = {}


def find_with(kind: str, title: "StrOrPromise", dotted: str) -> None:
    """Have `dotted` find what is of this kind: a callable `(actor, lookup, limit)` of the hits in the actor's scope and
    of whether there are more. Registering twice changes nothing. The callable is looked up when it is first needed.
    """
    _finders[kind] = (title, dotted)


def groups_found(actor: "Actor", lookup: "Lookup", limit: int) -> list[Group]:
    """What each room finds, kind by kind, without the kinds of which nothing is found."""
    found = ((kind, title, *import_string(dotted)(actor, lookup, limit)) for kind, (title, dotted) in _finders.items())
    return [Group(kind, str(title), hits, more) for kind, title, hits, more in found if hits]
