"""A question is an address: what it asks, how it is kept, and when it has no answer."""

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.explorer.enums import Axis, Shown
from caseflow.explorer.rules.questions import (
    EVERYWHERE,
    MOST_CELLS,
    NEWEST,
    USUAL,
    Question,
    RefusedQuestionError,
    Why,
    question_in,
    question_kept,
    resolved,
)

RELEASED = ("2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2024", "2025")
CODES = st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=4, unique=True).map(tuple)
QUESTIONS = st.builds(
    Question,
    indicators=CODES,
    places=CODES,
    periods=CODES,
    shown=st.sampled_from(Shown),
    rows=st.sampled_from(Axis),
    columns=st.sampled_from(Axis),
)


@given(QUESTIONS)
def test_the_whole_of_a_question_lies_in_its_address_and_in_what_is_kept(question: Question) -> None:
    assert question_in(parse_qs(question.query)) == question
    assert question_kept(question.kept) == question


def test_no_question_asks_for_what_is_usual_in_the_newest_quarter() -> None:
    assert question_in({}) == Question(USUAL, (EVERYWHERE,), (NEWEST,), Shown.FIGURE, Axis.PLACE, Axis.INDICATOR)


def test_a_form_in_which_nothing_is_ticked_asks_for_nothing() -> None:
    question = question_in({"rows": ["place"], "columns": ["indicator"]})
    assert (question.indicators, question.places, question.periods) == ((), (), (NEWEST,))


def test_unknown_words_count_as_the_usual_ones() -> None:
    question = question_in({"indicator": ["events"], "rows": ["school"], "columns": [""], "shown": ["exact"]})
    assert (question.rows, question.columns, question.shown) == (Axis.PLACE, Axis.INDICATOR, Shown.FIGURE)


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ((NEWEST,), ("2026-Q2",)),
        (("last-4",), ("2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2")),
        (("newest-year",), ("2025",)),
        (("2025", "2025-Q2", NEWEST), ("2025-Q2", "2026-Q2", "2025")),
        (("2019-Q1", "x", NEWEST), ("2026-Q2",)),
        ((), ()),
    ],
)
def test_periods_move_on_with_each_release(asked: tuple[str, ...], meant: tuple[str, ...]) -> None:
    assert resolved(asked, RELEASED) == meant


def test_where_nothing_is_released_nothing_is_newest() -> None:
    assert resolved((NEWEST, "last-4", "newest-year"), ()) == ()


def test_everywhere_is_every_place_that_there_is_now() -> None:
    assert Question().resolved(RELEASED, ("region", "1", "2")).places == ("region", "1", "2")


def test_what_is_not_known_is_left_out_and_the_rest_stands_in_order() -> None:
    known = {Axis.INDICATOR: ("events", "bullying"), Axis.PLACE: ("region",), Axis.PERIOD: RELEASED}
    question = Question(("bullying", "gone", "events"), ("7", "region"), ("2024", "2025-Q2")).within(known)
    assert (question.indicators, question.places, question.periods) == (
        ("events", "bullying"),
        ("region",),
        ("2025-Q2", "2024"),
    )


@pytest.mark.parametrize(
    ("question", "why"),
    [
        (Question((), ("region",), ("2025",)), Why.NOTHING),
        (Question(("events",), (), ("2025",)), Why.NOTHING),
        (Question(("events",), ("region",), ()), Why.NOTHING),
        (Question(("events",), ("region",), ("2025",), rows=Axis.PERIOD, columns=Axis.PERIOD), Why.SAME_AXIS),
        (Question(tuple(map(str, range(MOST_CELLS + 1))), ("region",), ("2025",)), Why.TOO_MANY),
    ],
)
def test_what_has_no_answer_says_why(question: Question, why: Why) -> None:
    with pytest.raises(RefusedQuestionError) as refused:
        question.check()
    assert refused.value.why is why


def test_as_many_figures_as_may_be_are_answered() -> None:
    Question(tuple(map(str, range(MOST_CELLS))), ("region",), ("2025",)).check()


@given(st.sampled_from(Axis), st.sampled_from(Axis))
def test_what_stands_in_neither_rows_nor_columns_makes_the_tables(rows: Axis, columns: Axis) -> None:
    groups = Question(rows=rows, columns=columns).groups
    assert groups not in (rows, columns)
