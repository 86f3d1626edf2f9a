"""What of a case has a deadline besides its tasks. Higher rooms say so; this room only knows their names."""

from dataclasses import dataclass

from django.utils.module_loading import import_string

from caseflow.cases.models import Case
from caseflow.clocks.models import Clock

_nearest: dict[str, None] = {}


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something of a case that is due; `url` is where it is done, "" where that is no page of its own."""

    clock: Clock
    title: str
    url: str = ""


def count_deadlines(dotted: str) -> None:
    """Have `dotted`, a callable `(case: Case) -> Deadline | None`, say what of its room is due first in a case.

    It is asked for each page of a case, of whoever may open it, and makes one query at most.
    """
    _nearest[dotted] = None


def nearest_beside_tasks(case: Case) -> list[Deadline]:
    """What is due first of each room that knows deadlines of the case."""
    found = (import_string(dotted)(case) for dotted in _nearest)
    return [deadline for deadline in found if deadline is not None]
