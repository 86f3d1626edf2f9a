"""Through which stages a case goes, and what has to be there before it enters one.

A case begins as new and is closed and reopened by acts of their own; between these a person moves it, with a reason.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from caseflow.cases.enums import Stage

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# What a person may move a case to. Closing is possible from every stage but closed, reopening from closed alone.
MOVES: Final[dict[Stage, tuple[Stage, ...]]] = {
    Stage.NEW: (Stage.ASSESSMENT,),
    Stage.ASSESSMENT: (Stage.PLAN, Stage.FOLLOW_UP),
    Stage.PLAN: (Stage.SUPPORT, Stage.ASSESSMENT),
    Stage.SUPPORT: (Stage.FOLLOW_UP, Stage.PLAN, Stage.ASSESSMENT),
    Stage.FOLLOW_UP: (Stage.SUPPORT, Stage.ASSESSMENT),
    Stage.CLOSED: (),
    Stage.REOPENED: (Stage.ASSESSMENT, Stage.PLAN, Stage.SUPPORT, Stage.FOLLOW_UP),
}
ASSESSED_BEFORE: Final = frozenset({Stage.PLAN, Stage.SUPPORT, Stage.FOLLOW_UP})
TASKED_BEFORE: Final = frozenset({Stage.SUPPORT, Stage.FOLLOW_UP})

NOT_ASSESSED: "Final[StrPromise]" = _("Assess the risk first: help is planned from an assessment.")
NO_MEASURE: "Final[StrPromise]" = _("Give a task first: support without an owner and a date is none.")
NO_DATE: "Final[StrPromise]" = _("Give a task first, with the date on which somebody looks again.")


@dataclass(frozen=True, slots=True)
class Standing:
    """What a case has: whether a person assessed its risk, and how many tasks wait to be done."""

    assessed: bool
    unfinished_tasks: int


def is_legal(before: Stage, after: Stage) -> bool:
    """Whether a person may move a case from `before` to `after`."""
    return after in MOVES[before]


def missing_for(stage: Stage, standing: Standing) -> "list[StrPromise]":
    """What is missing before a case enters the stage, as sentences for a person; none when nothing is."""
    missing = [NOT_ASSESSED] if stage in ASSESSED_BEFORE and not standing.assessed else []
    if stage in TASKED_BEFORE and not standing.unfinished_tasks:
        missing.append(NO_MEASURE if stage == Stage.SUPPORT else NO_DATE)
    return missing
