"""Whose eyes an item is kept from: parties and parents on the staff (rule 10b)."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from caseflow.clocks.models import Clock
from caseflow.directory.actors import Actor
from caseflow.triage.models import TriageItem
from prepared import prepared

KEPT = "caseflow.triage.conflicts.kept_item_clocks"
_sources: dict[str, str] = {}
_clocks: dict[str, None] = {}


def register(kind: str, dotted: str) -> None:
    """Say who knows the parties of items of `kind`.

    `dotted` names a callable `(actor: Actor) -> QuerySet` of the ids of items that the actor must not see; it is used
    as a subquery.
    """
    _sources[kind] = dotted


def without_conflicts(actor: Actor, items: QuerySet[TriageItem]) -> QuerySet[TriageItem]:
    """`items` without those about the actor's own child and those the rooms keep from the actor."""
    items = items.exclude(pupil__in=actor.children())
    for dotted in _sources.values():
        items = items.exclude(pk__in=import_string(dotted)(actor))
    return items


def hang_clocks(dotted: str) -> None:
    """Say which clocks besides their own belong to items, and are kept with them.

    `dotted` names a callable `(items: QuerySet[TriageItem]) -> Q` for a query of clocks.
    """
    _clocks[dotted] = None


def kept_item_clocks(actor: Actor, children: Collection[UUID]) -> QuerySet[Clock] | None:
    """The clocks of items that the actor must not learn of (rule 10b); None where there is none. One query."""
    in_conflict = [item for dotted in _sources.values() for item in _in_conflict(actor, dotted)]
    if not children and not in_conflict:
        return None
    items = TriageItem.objects.filter(Q(pupil__in=children) | Q(pk__in=in_conflict))
    clocks = Q(pk__in=items.values("psych_clock")) | Q(pk__in=items.values("legal_clock"))
    for dotted in _clocks:
        clocks |= import_string(dotted)(items)
    return Clock.objects.filter(clocks)


@prepared
def _in_conflict(actor: Actor, dotted: str) -> QuerySet[Any, UUID]:
    items: QuerySet[Any, UUID] = import_string(dotted)(actor)
    return items
