"""Where it happened: the room an item came from knows the place, this room only asks by name."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.module_loading import import_string

from caseflow.triage.models import TriageItem

_readers: dict[str, str] = {}


def register(kind: str, dotted: str) -> None:
    """Say who knows the places of items of `kind`.

    `dotted` names a callable `(items: Sequence[TriageItem]) -> dict[UUID, str]` that returns the place by item, in the
    language of the page, in a constant number of queries. Whoever calls it has asked for the scope.
    """
    _readers[kind] = dotted


def places_of(items: Sequence[TriageItem]) -> dict[UUID, str]:
    """The place by item; an item without a known place is missing."""
    known: dict[UUID, str] = {}
    for kind, dotted in _readers.items():
        of_kind = [item for item in items if item.kind == kind]
        if of_kind:
            known |= import_string(dotted)(of_kind)
    return {pk: place for pk, place in known.items() if place}
