"""What a draft may hold, and how two versions stand beside each other."""

from hypothesis import given
from hypothesis import strategies as st

from caseflow.drafts.rules import LONGEST_DRAFT, MOST_FIELDS, Piece, fits, joined, marked

TEXTS = st.text(st.sampled_from("аб \n"), max_size=30)


def test_a_draft_holds_what_a_form_holds() -> None:
    assert fits({"text": "а" * LONGEST_DRAFT})
    assert not fits({"text": "а" * LONGEST_DRAFT, "more": "а"})
    assert not fits({f"field{number}": "" for number in range(MOST_FIELDS + 1)})
    assert not fits({"": "а"})
    assert not fits({"n" * 61: "а"})


def test_the_words_in_which_two_versions_differ_are_marked() -> None:
    mine, theirs = marked("Плохо спит третью ночь", "Плохо спит вторую ночь")
    assert mine == [Piece("Плохо спит ", False), Piece("третью", True), Piece(" ночь", False)]
    assert theirs == [Piece("Плохо спит ", False), Piece("вторую", True), Piece(" ночь", False)]


def test_both_together_say_every_line_once() -> None:
    assert joined("Спит плохо\nМама знает", "Ест плохо\nМама знает") == "Спит плохо\nЕст плохо\nМама знает"
    assert joined("", "Ест плохо") == "Ест плохо"
    assert joined("Спит плохо", " \n") == "Спит плохо"


@given(one=TEXTS, other=TEXTS)
def test_the_pieces_of_each_version_are_that_version(one: str, other: str) -> None:
    for pieces, text in zip(marked(one, other), (one, other), strict=True):
        assert "".join(piece.text for piece in pieces) == text


@given(one=TEXTS, other=TEXTS)
def test_nothing_of_either_version_is_missing_in_both_together(one: str, other: str) -> None:
    both = joined(one, other).splitlines()
    for text in (one, other):
        rest = iter(both)
        assert all(line in rest for line in text.splitlines() if line.strip())
