"""Whose eyes an item is kept from: parties and parents on the staff (rule 10b)."""

from django.db.models import QuerySet
from django.utils.module_loading import import_string

from caseflow.directory.actors import Actor
from caseflow.directory.rules import is_guardian
from caseflow.triage.models import TriageItem

_sources: dict[str, str] = {}


def register(kind: str, dotted: str) -> None:
    """Say who knows the parties of items of `kind`.

    `dotted` names a callable `(actor: Actor) -> QuerySet` of the ids of items that the actor must not see; it is used
    as a subquery.
    """
    _sources[kind] = dotted


def without_conflicts(actor: Actor, items: QuerySet[TriageItem]) -> QuerySet[TriageItem]:
    """`items` without those about the actor's own child and those the rooms keep from the actor."""
    items = items.exclude(is_guardian(actor.user, "pupil__guardianships__guardian__"))
    for dotted in _sources.values():
        items = items.exclude(pk__in=import_string(dotted)(actor))
    return items
