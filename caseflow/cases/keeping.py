"""What a case came from keeps it from some people, and from being closed too lightly.

Higher rooms say so; this room only knows their names.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.utils.module_loading import import_string

from caseflow.cases.models import Case
from caseflow.cases.rules import Obstacle
from caseflow.directory.actors import Actor

_cases: dict[str, None] = {}
_refs: dict[str, str] = {}
_beside: dict[str, None] = {}
_closing: dict[str, None] = {}


def keep_cases(dotted: str) -> None:
    """Say which cases are kept from somebody.

    `dotted` names a callable `(actor: Actor) -> QuerySet` of the ids of cases; it is used as a subquery.
    """
    _cases[dotted] = None


def keep_refs(prefix: str, dotted: str) -> None:
    """Say which lines of a chronology are kept from somebody who may open the case, of those with a ref "<prefix>:…".

    `dotted` names a callable `(actor: Actor, case_id: UUID) -> set[str]` of the refs of those lines.
    """
    _refs[prefix] = dotted


def keep_refs_beside(dotted: str) -> None:
    """Say which lines belong to others, and are kept from whoever those are kept from.

    `dotted` names a callable `(case_id: UUID, refs: Set[str]) -> set[str]` of the refs of those lines.
    """
    _beside[dotted] = None


def without_kept(actor: Actor, cases: QuerySet[Case]) -> QuerySet[Case]:
    """`cases` without those that a room keeps from the actor."""
    for dotted in _cases:
        cases = cases.exclude(pk__in=import_string(dotted)(actor))
    return cases


def kept_by(actor: Actor, dotted: str) -> QuerySet[Case]:
    """The cases that one of those rooms keeps from the actor."""
    return Case.objects.filter(pk__in=import_string(dotted)(actor))


def keepers() -> tuple[str, ...]:
    """The rooms that keep cases from somebody, as `kept_by` wants them named."""
    return tuple(_cases)


def kept_refs(actor: Actor, case_id: UUID, there: Iterable[str] | None = None) -> set[str]:
    """The refs of the lines of this case that a room keeps from the actor.

    With `there`, the refs of all lines of the case, rooms of which it has none are not asked.
    """
    prefixes = _refs.keys() if there is None else _refs.keys() & {ref.partition(":")[0] for ref in there}
    kept = {ref for prefix in prefixes for ref in import_string(_refs[prefix])(actor, case_id)}
    return kept.union(*(import_string(dotted)(case_id, kept) for dotted in _beside)) if kept else kept


def ask_before_closing(dotted: str) -> None:
    """Say what has to be so before a case is closed.

    `dotted` names a callable `(actor: Actor, case: Case) -> Obstacle | None` of what to do first.
    """
    _closing[dotted] = None


def refusals_to_close(actor: Actor, case: Case) -> list[Obstacle]:
    """What has to be done before the actor may close the case."""
    return [said for dotted in _closing if (said := import_string(dotted)(actor, case))]
