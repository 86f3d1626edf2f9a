"""Moves, quorum and what a session lacks, without a database."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.council.enums import DecisionState, Move, Presence, SessionState, Side
from caseflow.council.rules import (
    ANSWERS,
    MOVES,
    PRESENT,
    Standing,
    can_change,
    has_quorum,
    missing_to_close,
    moves_open,
)

FINISHED = (DecisionState.DONE, DecisionState.LIFTED)


@pytest.mark.parametrize(("state", "side", "asked"), list(product(DecisionState, Side, (False, True))))
def test_whoever_carries_out_never_approves_accepts_or_gives_time(
    state: DecisionState, side: Side, asked: bool
) -> None:
    found = moves_open(state, side, asked=asked)
    chairs = {Move.APPROVE, Move.ACCEPT, Move.RETURN, Move.LIFT, *ANSWERS}
    assert not chairs & set(found) or side == Side.CHAIR
    assert not {Move.PROGRESS, Move.REPORT, Move.ASK_LONGER} & set(found) or side == Side.AGENCY
    assert state not in FINISHED or found == ()
    assert not ANSWERS & set(found) or asked
    assert not (Move.ASK_LONGER in found and asked)


def test_every_move_has_its_rule_and_only_the_approval_leaves_a_draft() -> None:
    assert MOVES.keys() == set(Move)
    assert [move for move, legal in MOVES.items() if DecisionState.DRAFT in legal.states] == [Move.APPROVE]
    assert all(legal.to not in legal.states or legal.to == DecisionState.RUNNING for legal in MOVES.values())


@given(st.lists(st.sampled_from(Presence), min_size=1, max_size=30), st.integers(1, 100))
def test_a_quorum_is_a_share_of_all_members(presences: list[Presence], percent: int) -> None:
    there = sum(one in PRESENT for one in presences)
    assert has_quorum(presences, percent) is (there / len(presences) >= percent / 100)


def test_nobody_is_no_quorum() -> None:
    assert not has_quorum([], 1)


whole = Standing(items=1, unheard=0, members=3, unknown=0, quorum=True, drafts=0, approved=1)


@pytest.mark.parametrize(
    ("standing", "lacks"),
    [
        (whole, ()),
        (Standing(0, 0, 3, 0, quorum=True, drafts=0, approved=0), ("no_items",)),
        (Standing(2, 1, 3, 1, quorum=True, drafts=2, approved=0), ("attendance", "unheard", "drafts")),
        (Standing(1, 0, 3, 0, quorum=False, drafts=0, approved=1), ("no_quorum",)),
        (Standing(1, 0, 3, 0, quorum=False, drafts=0, approved=0), ()),
        (Standing(1, 0, 0, 0, quorum=False, drafts=0, approved=1), ("no_members",)),
    ],
)
def test_what_a_session_lacks_is_named(standing: Standing, lacks: tuple[str, ...]) -> None:
    assert missing_to_close(standing) == lacks


def test_a_session_is_written_while_it_is_planned_or_held() -> None:
    assert [state for state in SessionState if can_change(state)] == [SessionState.PLANNED, SessionState.HELD]
