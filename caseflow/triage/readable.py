"""Which items may be shown now. A withdrawn consent blanks an item at once (rules 1 and 9)."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.module_loading import import_string

from caseflow.triage.models import TriageItem

_filters: dict[str, str] = {}


def register(kind: str, dotted: str) -> None:
    """Say who answers for items of `kind`.

    `dotted` names a callable `(items: Sequence[TriageItem]) -> set[UUID]` that returns the ids of those whose content
    may be shown at this moment, in a constant number of queries.
    """
    _filters[kind] = dotted


def readable_ids(items: Sequence[TriageItem]) -> set[UUID]:
    """The ids of those `items` whose content may be shown now; a kind without a filter is always readable."""
    allowed = {item.pk for item in items if item.kind not in _filters}
    for kind, dotted in _filters.items():
        of_kind = [item for item in items if item.kind == kind]
        if of_kind:
            allowed |= import_string(dotted)(of_kind)
    return allowed
