import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.plans.enums import Step
from caseflow.plans.rules import Line, PlanText, empty_text, heaviest_step, is_ink, missing_to_sign, path_of, read_ink
from caseflow.plans.rules import read_text as read
from caseflow.plans.rules.signatures import HEIGHT, LONGEST_INK, MOST_POINTS, MOST_STROKES, WIDTH
from caseflow.plans.rules.texts import NO_NAME, NOT_SAFER, NOTHING_SAID
from tests.plans.factories import INK, SHARED, text

words = st.text(alphabet="аәb \"\\'[\n", max_size=9)
lines = st.builds(Line, words.filter(bool), st.booleans())
texts = st.builds(PlanText, words, st.tuples(*[st.lists(lines, max_size=3).map(tuple)] * 6))
points = st.tuples(st.integers(0, WIDTH), st.integers(0, HEIGHT))
inks = st.lists(st.lists(points, max_size=9).map(tuple), max_size=9).map(tuple)


@given(texts)
def test_a_text_is_read_as_it_was_written_and_has_one_digest(words: PlanText) -> None:
    again = read(words.written())
    assert again == words
    assert again.sha256 == words.sha256
    assert len(words.sha256) == 64


@given(texts, texts)
def test_two_texts_have_one_digest_only_if_they_are_the_same(one: PlanText, other: PlanText) -> None:
    assert (one.sha256 == other.sha256) is (one == other)


@given(texts)
def test_what_is_shared_holds_the_marked_lines_in_order_and_no_other(words: PlanText) -> None:
    for step in Step:
        assert list(words.shared.of(step)) == [line for line in words.of(step) if line.shared]
    assert words.is_shared is any(line.shared for step in words.steps for line in step)
    assert words.shared.shared == words.shared


def test_a_mark_alone_changes_the_digest() -> None:
    marked = text(surroundings=[Line(SHARED, shared=True)])
    assert marked.sha256 != text(surroundings=[Line(SHARED)]).sha256


def test_a_plan_without_means_restriction_a_name_or_any_word_of_the_pupil_lacks_something() -> None:
    assert missing_to_sign(text()) == []
    assert missing_to_sign(text(surroundings=[])) == [NOT_SAFER]
    assert missing_to_sign(text(signs=[])) == [NOTHING_SAID]
    assert missing_to_sign(empty_text()) == [NO_NAME, NOTHING_SAID, NOT_SAFER]


@given(texts)
def test_the_sixth_step_is_never_empty_in_a_text_that_lacks_nothing(words: PlanText) -> None:
    if not missing_to_sign(words):
        assert words.of(Step.SURROUNDINGS)


def test_the_step_to_shorten_is_the_one_with_the_most_characters() -> None:
    assert heaviest_step(text(people=[Line("а" * 50), Line("б" * 50)], alone=[Line("в" * 99)])) is Step.PEOPLE
    assert heaviest_step(empty_text()) is Step.SIGNS


@given(inks)
def test_strokes_are_read_as_they_were_drawn(drawn: tuple[tuple[tuple[int, int], ...], ...]) -> None:
    assert read_ink(json.dumps(drawn)) == drawn
    assert path_of(drawn).count("M") == sum(bool(stroke) for stroke in drawn)


def test_a_path_goes_through_all_points() -> None:
    assert path_of(read_ink("[[[1,2],[3,4]],[],[[5,6]]]")) == "M1 2L3 4 M5 6"


def test_a_touch_is_no_signature() -> None:
    assert is_ink(read_ink(INK))
    assert not is_ink(read_ink("[]"))
    assert not is_ink(read_ink("[[[5,5]],[[900,200]]]"))
    assert not is_ink(read_ink("[[[0,0],[99,0]]]"))
    assert is_ink(read_ink("[[[0,0],[100,0]]]"))


@pytest.mark.parametrize(
    "content",
    [
        "",
        "Мадина",
        "1",
        "[1]",
        "[[1]]",
        "[[[1]]]",
        "[[[1,2,3]]]",
        "[[[1,2.5]]]",
        "[[[true,1]]]",
        f"[[[{WIDTH + 1},1]]]",
        "[[[1,-1]]]",
        json.dumps([[]] * (MOST_STROKES + 1)),
        json.dumps([[[1, 1]] * (MOST_POINTS + 1)]),
        " " * (LONGEST_INK + 1),
        "[" * 50_000,
    ],
)
def test_what_is_no_signature_or_more_than_one_is_refused(content: str) -> None:
    with pytest.raises(ValueError):
        read_ink(content)
