"""Everybody signs when they like, the last one after all others."""

from hypothesis import given
from hypothesis import strategies as st

from caseflow.signing.enums import Turn
from caseflow.signing.rules import Seat, turn_of

answers = st.lists(st.booleans(), max_size=6)


@given(answers)
def test_the_last_one_waits_for_all_others(others: list[bool]) -> None:
    seats = [Seat(last=False, answered=answered) for answered in others]
    turn = turn_of(Seat(last=True, answered=False), seats)
    assert turn is (Turn.NOW if all(others) else Turn.LATER)


@given(answers)
def test_nobody_else_waits_for_anybody(others: list[bool]) -> None:
    seats = [Seat(last=False, answered=answered) for answered in others]
    assert turn_of(Seat(last=False, answered=False), [*seats, Seat(last=True, answered=False)]) is Turn.NOW


@given(answers, st.booleans())
def test_who_has_answered_is_done(others: list[bool], last: bool) -> None:
    seats = [Seat(last=False, answered=answered) for answered in others]
    assert turn_of(Seat(last=last, answered=True), seats) is Turn.DONE
