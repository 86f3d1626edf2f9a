"""The return code holds 128 bits and is read in each language, however it is typed."""

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.incidents.rules.return_code import (
    ALIKE,
    BITS,
    LANGUAGES,
    WORDS,
    codes_of_words,
    word_list,
    words_of_code,
)

CODES = st.integers(min_value=0, max_value=2**BITS - 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_twelve_words_of_each_language_hold_at_least_128_bits(language: str) -> None:
    assert WORDS * log2(len(word_list(language))) >= BITS == 128


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_are_short_and_different_on_any_keyboard(language: str) -> None:
    words = word_list(language)
    assert len({word.translate(ALIKE) for word in words}) == len(words)
    assert max(map(len, words)) <= 7


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_single_word_can_be_read_back(language: str) -> None:
    words = word_list(language)
    for place, word in enumerate(words):
        code = place * len(words) ** (WORDS - 2)
        assert words_of_code(code, language).split()[-2] == word
        assert code in codes_of_words(words_of_code(code, language)), word


@given(CODES, st.sampled_from(LANGUAGES))
def test_every_code_is_read_back_from_its_words(code: int, language: str) -> None:
    words = words_of_code(code, language)
    assert len(words.split()) == WORDS
    assert list(codes_of_words(words)) == [code]


@given(CODES, st.sampled_from(LANGUAGES))
def test_capitals_commas_and_new_lines_change_nothing(code: int, language: str) -> None:
    typed = " ,\n ".join(words_of_code(code, language).upper().split()) + "."
    assert code in codes_of_words(typed)


@given(CODES)
def test_kazakh_words_are_read_from_a_russian_keyboard(code: int) -> None:
    typed = words_of_code(code, "kk").translate(ALIKE)
    assert not set("қғөі") & set(typed)
    assert code in codes_of_words(typed)


@given(CODES, st.sampled_from(LANGUAGES), st.integers(min_value=0, max_value=WORDS - 1))
def test_a_code_with_a_word_left_out_or_unknown_means_nothing(code: int, language: str, place: int) -> None:
    words = words_of_code(code, language).split()
    assert list(codes_of_words(" ".join(words[:place] + words[place + 1 :]))) == []
    assert list(codes_of_words(" ".join([*words[:place], "йцукен", *words[place + 1 :]]))) == []


def test_words_beyond_128_bits_are_no_code() -> None:
    largest = " ".join([word_list("ru")[-1]] * WORDS)
    assert list(codes_of_words(largest)) == []


def test_a_language_we_do_not_have_is_answered_in_russian() -> None:
    assert words_of_code(1, "de") == words_of_code(1, "ru")
