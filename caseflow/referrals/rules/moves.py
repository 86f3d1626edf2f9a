"""The state machine of a referral: who may make which move, and where it leads."""

from typing import Final

from caseflow.referrals.enums import Kind, Move, Side, State

Table = dict[tuple[State, Move], tuple[State, Side]]

_BOTH: Final[Table] = {
    (State.DRAFT, Move.SEND): (State.SENT, Side.SENDER),
    (State.SENT, Move.REJECT): (State.REJECTED, Side.RECEIVER),
    (State.SENT, Move.REVOKE): (State.REVOKED, Side.SENDER),
    (State.SENT, Move.WITHDRAW): (State.REVOKED, Side.SYSTEM),
    (State.SENT, Move.OBJECT): (State.REVOKED, Side.LEAD),
}
MOVES: Final[dict[Kind, Table]] = {
    Kind.REFERRAL: _BOTH
    | {
        (State.SENT, Move.ACCEPT): (State.ACCEPTED, Side.RECEIVER),
        (State.ACCEPTED, Move.ANSWER): (State.ANSWERED, Side.RECEIVER),
        (State.ACCEPTED, Move.REVOKE): (State.REVOKED, Side.SENDER),
        (State.ANSWERED, Move.REVOKE): (State.REVOKED, Side.SENDER),
        (State.ANSWERED, Move.FINISH): (State.DONE, Side.SENDER),
    },
    Kind.TRANSFER: _BOTH | {(State.SENT, Move.ACCEPT): (State.DONE, Side.RECEIVER)},
}
OVER: Final = frozenset({State.REJECTED, State.DONE, State.REVOKED})
WAITING: Final = frozenset({State.SENT, State.ACCEPTED})  # for the receiver
RUNNING: Final = frozenset({State.SENT, State.ACCEPTED, State.ANSWERED})
NEEDS_WORDS: Final = frozenset({Move.REJECT, Move.ANSWER, Move.FINISH, Move.REVOKE, Move.OBJECT})
ACTS: Final = (Move.ACCEPT, Move.REJECT, Move.ANSWER, Move.FINISH, Move.REVOKE)  # what has a button of its own


def next_state(kind: str, state: str, move: str, side: Side) -> State | None:
    """Where `side` brings a referral by `move`; None where that is no legal move of theirs."""
    found = MOVES[Kind(kind)].get((State(state), Move(move)))
    return found[0] if found and found[1] is side else None


def acts_of(kind: str, state: str, side: Side) -> tuple[Move, ...]:
    """The acts open to `side` now."""
    return tuple(move for move in ACTS if next_state(kind, state, move, side))
