"""What is understood of what somebody types."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.directory.rules.asking import MOST_WORDS, is_enough, understand


@pytest.mark.parametrize(
    ("text", "words", "grade", "number"),
    [
        ("серік мад", ["серік", "мад"], None, None),
        ("Серік 7Б", ["серік"], 7, None),
        ("7 Б", [], 7, None),
        ("11-«А» Ким", ["ким"], 11, None),
        ("№ 12", [], None, 12),
        ("№12", [], None, 12),
        ("no. 12", [], None, 12),
        ("N12", [], None, 12),
        ("дело 4 сер", ["сер"], None, 4),
        ("іс 4", [], None, 4),
        ("12", [], None, 12),
        ("Жанар 7", ["жанар"], 7, 7),
        ("Жанар 15", ["жанар"], None, 15),
        ("Нұр-Әли", ["нұрәли"], None, None),
        ("", [], None, None),
        ("?!", [], None, None),
    ],
)
def test_names_classes_and_numbers(text: str, words: list[str], grade: int | None, number: int | None) -> None:
    asked = understand(text)
    assert ([word.typed for word in asked.words], asked.grade, asked.number) == (words, grade, number)
    assert asked.is_nothing is (not words and grade is None and number is None)


@pytest.mark.parametrize("text", ["7Б", "7 б", "7B", "7 «Б»"])
def test_a_class_letter_in_any_layout(text: str) -> None:
    assert "Б" in understand(text).letters


def test_a_word_in_the_other_layout_is_looked_for_as_both() -> None:
    (word,) = understand("ghbdtn").words
    assert word.forms == ("ghbdtn", "привет")
    assert word.sounds == (b"gbdtn", b"ghbdtn", b"privet")
    assert set(word.sounds) <= set(word.beginnings)


@pytest.mark.parametrize(("text", "enough"), [("а", False), (" а ", False), ("ай", True), ("7", True), ("а й", True)])
def test_two_signs_are_enough_and_so_is_a_number(text: str, enough: bool) -> None:
    assert is_enough(text) is enough


@given(st.text(max_size=80))
def test_whatever_is_typed_is_understood(text: str) -> None:
    assert len(understand(text).words) <= MOST_WORDS
