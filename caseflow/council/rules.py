"""Who steers a council, when a session can be closed, and which moves a decision allows. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from caseflow.cases.rules import CaseRefused
from caseflow.council.enums import DecisionState, Move, Presence, SessionState, Side
from caseflow.directory.enums import Role

READERS: Final = (Role.COUNCIL_CHAIR, Role.PROSECUTOR, Role.COUNCIL_MEMBER)
STEERERS: Final = (Role.COUNCIL_CHAIR, Role.PROSECUTOR)  # who prepares sessions and writes their minutes
CHAIRS: Final = (Role.COUNCIL_CHAIR,)  # who decides: approves, accepts, gives more time, closes a session
CARRIERS: Final = (Role.AGENCY_OFFICER, Role.AGENCY_HEAD)
FOLLOWERS: Final = (*READERS, *CARRIERS)  # who reads decisions, the carriers those of their own agency

CLOCK: Final = "council_decision"
DAY_ENDS: Final = time.max  # of the day until which something is due
MOST_FILES, MOST_BYTES = 5, 50 << 20  # of evidence with one step, all files together
MOST_OF_DECISION: Final = 50  # files of one decision
PRESENT: Final = frozenset({Presence.PRESENT, Presence.REPRESENTED})


class CouncilRefused(CaseRefused):
    """What the council's order does not allow; the message says so to a person."""


@dataclass(frozen=True, slots=True)
class Legal:
    """A move: from which states, by whom, to which state, and whether it needs words."""

    states: frozenset[DecisionState]
    side: Side
    to: DecisionState
    words: bool = False


_RUNS, _SAID = frozenset({DecisionState.RUNNING}), frozenset({DecisionState.REPORTED})
MOVES: Final[Mapping[Move, Legal]] = {
    Move.APPROVE: Legal(frozenset({DecisionState.DRAFT}), Side.CHAIR, DecisionState.RUNNING),
    Move.PROGRESS: Legal(_RUNS, Side.AGENCY, DecisionState.RUNNING, words=True),
    Move.REPORT: Legal(_RUNS, Side.AGENCY, DecisionState.REPORTED, words=True),
    Move.ACCEPT: Legal(_SAID, Side.CHAIR, DecisionState.DONE),
    Move.RETURN: Legal(_SAID, Side.CHAIR, DecisionState.RUNNING, words=True),
    Move.ASK_LONGER: Legal(_RUNS, Side.AGENCY, DecisionState.RUNNING, words=True),
    Move.GIVE_LONGER: Legal(_RUNS, Side.CHAIR, DecisionState.RUNNING),
    Move.REFUSE_LONGER: Legal(_RUNS, Side.CHAIR, DecisionState.RUNNING, words=True),
    Move.LIFT: Legal(_RUNS | _SAID, Side.CHAIR, DecisionState.LIFTED, words=True),
}
ANSWERS: Final = frozenset({Move.GIVE_LONGER, Move.REFUSE_LONGER})  # to a wish for more time
OPEN: Final = (DecisionState.RUNNING, DecisionState.REPORTED)


def moves_open(state: str, side: Side, *, asked: bool) -> tuple[Move, ...]:
    """What this side may do now. `asked`: a wish for more time waits for its answer, and is not made twice."""
    return tuple(
        move
        for move, legal in MOVES.items()
        if state in legal.states
        and side == legal.side
        and (move not in ANSWERS or asked)
        and not (move == Move.ASK_LONGER and asked)
    )


def is_due_day(day: date | None, today: date) -> bool:
    """Whether something can be due on that day: today or later."""
    return day is not None and day >= today


def has_quorum(presences: Collection[str], percent: int) -> bool:
    """Whether at least `percent` of the members are present or represented; nobody is no council."""
    there = sum(presence in PRESENT for presence in presences)
    return bool(presences) and 100 * there >= percent * len(presences)


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a session is there when it is to be closed."""

    items: int
    unheard: int  # items of which the minutes say nothing yet
    members: int
    unknown: int  # members of whom nobody has said whether they are there
    quorum: bool
    drafts: int
    approved: int


def missing_to_close(standing: Standing) -> tuple[str, ...]:
    """What a session lacks before its minutes can be closed, as codes (`wording.MISSING`)."""
    lacks = {
        "no_members": standing.members == 0,
        "attendance": standing.unknown > 0,
        "no_items": standing.items == 0,
        "unheard": standing.unheard > 0,
        "drafts": standing.drafts > 0,
        "no_quorum": standing.approved > 0 and standing.members > 0 and not standing.quorum,
    }
    return tuple(code for code, lacking in lacks.items() if lacking)


def can_change(state: str) -> bool:
    """Whether agenda and drafts of a session can still be written."""
    return state in (SessionState.PLANNED, SessionState.HELD)
