import importlib
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseflow.postvention.enums import Warned
from caseflow.postvention.rules import LANGUAGES, check_wording
from tests.postvention.sentences import HARMLESS, WARNED

SHIPPED = importlib.import_module("caseflow.postvention.migrations.0003_templates").TEXTS
CHECKLIST = importlib.import_module("caseflow.postvention.migrations.0002_checklist").STEPS
PIECES = st.sampled_from([text for _language, text, _found in WARNED] + [text for _language, text in HARMLESS])


def kinds(text: str, language: str) -> set[Warned]:
    return {finding.category for finding in check_wording(text, language)}


@pytest.mark.parametrize(("language", "text", "expected"), WARNED)
def test_warns_of_each_of_these(language: str, text: str, expected: set[Warned]) -> None:
    assert kinds(text, language) == expected


@pytest.mark.parametrize(("language", "text"), HARMLESS)
def test_keeps_silent_on_what_is_harmless(language: str, text: str) -> None:
    assert check_wording(text, language) == []


def test_the_table_holds_every_category_in_every_language() -> None:
    assert len(WARNED) + len(HARMLESS) >= 60
    assert len(HARMLESS) >= 20
    for language in LANGUAGES:
        found = {category for spoken, _text, said in WARNED if spoken == language for category in said}
        assert found == set(Warned)


def test_the_shipped_templates_raise_no_alarm() -> None:
    for texts in SHIPPED.values():
        assert set(texts) == set(LANGUAGES)
        assert [check_wording(text, language) for language, text in texts.items()] == [[], [], []]


def test_a_finding_says_where_why_and_what_instead() -> None:
    text = "Мальчик ПОВЕСИЛСЯ, он был в седьмом классе."
    (finding,) = check_wording(text, "ru")
    assert (text[finding.start : finding.end], finding.words, finding.category) == (
        "ПОВЕСИЛСЯ",
        "ПОВЕСИЛСЯ",
        Warned.METHOD,
    )
    assert str(finding.why)
    assert str(finding.suggestion)


def test_words_that_several_patterns_meet_are_one_finding() -> None:
    text = "Он оставил записку."
    (finding,) = check_wording(text, "ru")
    assert text[finding.start : finding.end] == "оставил записку"


def test_a_phrase_does_not_reach_into_the_next_sentence() -> None:
    assert check_wording("Уроки отменены из-за карантина. Экзамен будет в среду.", "ru") == []


def test_an_unknown_language_is_read_as_all_three() -> None:
    assert kinds("He committed suicide. Он повесился. Ол асылып қалған.", "xx") == {Warned.SENSATION, Warned.METHOD}


@settings(max_examples=30, deadline=None)
@given(st.lists(PIECES, max_size=4), st.sampled_from(LANGUAGES))
def test_spans_are_valid_and_case_and_blanks_change_nothing(pieces: list[str], language: str) -> None:
    text = " ".join(pieces)
    found = check_wording(text, language)
    assert all(0 <= one.start < one.end <= len(text) and one.words == text[one.start : one.end] for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)
    said = [one.category for one in found]
    assert [one.category for one in check_wording(text.upper(), language)] == said
    assert [one.category for one in check_wording(re.sub(r" ", " \n ", text), language)] == said
    assert [one.category for one in check_wording(text.replace("ё", "е"), language)] == said


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_to_its_end(text: str) -> None:
    assert all(text[one.start : one.end] == one.words for one in check_wording(text, "xx"))
