"""What is known of an item beside what was said: the room it came from tells it, this room only asks by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.module_loading import import_string

from caseflow.clocks.models import Clock
from caseflow.triage.models import TriageItem

_tellers: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody in what happened, and the part taken."""

    name: str
    part: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """`people` are those named beside the item's pupil; `clocks` run beside its two;
    `wrote_again_at` says when whoever reported wrote again last."""

    people: Sequence[Named] = ()
    clocks: Sequence[Clock] = ()
    wrote_again_at: datetime | None = None


NOTHING_MORE = Evidence()


def register(kind: str, dotted: str) -> None:
    """Say who knows more of items of `kind`.

    `dotted` names a callable `(item: TriageItem) -> Evidence`. Whoever calls it has asked for the scope and records
    the reading.
    """
    _tellers[kind] = dotted


def evidence_of(item: TriageItem) -> Evidence:
    """What is known of the item beside what was said."""
    dotted = _tellers.get(item.kind)
    if dotted is None:
        return NOTHING_MORE
    known: Evidence = import_string(dotted)(item)
    return known
