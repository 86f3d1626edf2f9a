"""Which acts can be taken back. Rooms say so; this one knows only their names."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from caseflow.directory.actors import Actor

Facts = Mapping[str, str]
TakeBack = Callable[["Actor", str, Facts], str]

_ways: dict[str, str] = {}
_built_on: dict[str, list[str]] = {}


def undo_with(kind: str, dotted: str) -> None:
    """Say that acts of this kind are taken back by `dotted`, a callable `(actor, object_id, facts) -> page`.

    It puts back what stood before and returns the address to go on at. It raises TooLateError, or ObjectDoesNotExist,
    unless the state is still what the act made of it: `facts` are those that were given when undo was offered.
    """
    _ways[kind] = dotted


def no_undo_where(kind: str, dotted: str) -> None:
    """Let a higher room refuse: `dotted` names a callable `(object_id) -> bool`, whether something was built on it."""
    _built_on.setdefault(kind, []).append(dotted)


def way_back(kind: str) -> TakeBack:
    """The callable of a kind. Raises KeyError for one that no room named."""
    way: TakeBack = import_string(_ways[kind])
    return way


def is_built_on(kind: str, object_id: str) -> bool:
    """Whether a higher room has something that rests on the act."""
    return any(import_string(dotted)(object_id) for dotted in _built_on.get(kind, ()))
