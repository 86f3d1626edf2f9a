"""Who may bring an item into which state. Pure: everything needed is in the arguments."""

from dataclasses import dataclass
from datetime import timedelta

from caseflow.triage.enums import OPEN_STATES, SAY_ENOUGH, Decision, ItemKind, ItemState

CLAIM_FOR = timedelta(minutes=2)
SHORTEST_REASON = 5


class NotDecidableError(Exception):
    """The item is decided already."""


class SecondPersonNeededError(Exception):
    """A cry for help is never dismissed by one person: somebody else has to agree, and one of the two is a lead."""


@dataclass(frozen=True, slots=True)
class Decider:
    user_id: int
    lead: bool


def needs_words(kind: str, reason_code: str, *, second_person: bool) -> bool:
    """Whether a dismissal has to be explained beside its reason: always where somebody told of something or asked for
    help; of what the system noticed by itself (a signal) only where no offered reason says enough.
    """
    return kind != ItemKind.SIGNAL or second_person or reason_code not in SAY_ENOUGH


def next_state(
    state: str, decision: str, decider: Decider, *, second_person: bool = False, proposer: Decider | None = None
) -> ItemState:
    """The state after `decision`.

    Raises NotDecidableError for a decided item, SecondPersonNeededError for a dismissal of a `second_person` item by
    its proposer, or by two people of whom none is a lead psychologist (fact 4 of the rules).
    """
    if state not in OPEN_STATES:
        raise NotDecidableError
    if decision == Decision.OPEN_CASE:
        return ItemState.CASE_OPENED
    if decision == Decision.LINK:
        return ItemState.LINKED
    if not second_person:
        return ItemState.DISMISSED
    if proposer is None:
        return ItemState.SECOND_PERSON
    if proposer.user_id == decider.user_id or not (proposer.lead or decider.lead):
        raise SecondPersonNeededError
    return ItemState.DISMISSED
