"""What a pack says: an instrument as data. A pack that is not wholly sound is refused with the reason.

The words of a language are offered only when they were held against the published text (the original language) or come
from an approved translation that says by whom, when and where from. Nothing is translated here.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext

from caseflow.instruments.enums import OFFERED, Respondent, TextStatus
from caseflow.instruments.rules.scoring import RULES, Rule

LANGUAGES = ("kk", "ru", "en")
LARGEST_PACK = 200_000
NAME, VERSION = re.compile(r"^[a-z0-9][a-z0-9-]{1,30}$"), re.compile(r"^[0-9A-Za-z][0-9A-Za-z.\-]{0,30}$")
OF_ORIGINAL = frozenset({TextStatus.VERIFIED, TextStatus.UNVERIFIED})
OF_TRANSLATION = frozenset({TextStatus.APPROVED, TextStatus.UNAPPROVED})
Words = Mapping[str, str]  # by language


class BadPackError(Exception):
    """The pack cannot be imported; `str` says why, to a person."""


@dataclass(frozen=True, slots=True)
class Choice:
    value: int
    words: Words


@dataclass(frozen=True, slots=True)
class Question:
    """`period` stands above the question where the instrument asks of several periods; {} where it does not."""

    id: str
    words: Words
    period: Words
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """What is known of the words of one language. `sources` are what they were held against or come from."""

    status: TextStatus
    lead_in: str = ""
    sources: tuple[str, ...] = ()
    approved_by: str = ""
    approved_on: date | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    """An instrument, its words and where they come from."""

    instrument: str
    name: str
    full_name: str
    version: str
    rule: Rule
    respondent: tuple[Respondent, ...]
    source: str
    licence: str
    demo: bool
    original: str
    languages: Mapping[str, Language]
    questions: tuple[Question, ...]

    @property
    def offered(self) -> tuple[str, ...]:
        """The languages in which it may be given."""
        return tuple(code for code in LANGUAGES if self.languages[code].status in OFFERED)

    @property
    def is_typed(self) -> bool:
        """Whether it has no questions, only a total that was scored elsewhere."""
        return not self.questions

    def number_of(self, question: Question) -> str:
        """The number a reader sees: that of the instrument ("6a"), else the place among all questions."""
        return question.id if question.id[0].isdigit() else str(self.questions.index(question) + 1)

    @property
    def numbered(self) -> list[tuple[str, Question]]:
        """The questions with their numbers."""
        return [(self.number_of(question), question) for question in self.questions]

    def question(self, question: str) -> Question:
        """Raises StopIteration for one that it has not."""
        return next(each for each in self.questions if each.id == question)


def digest_of(text: str) -> str:
    """SHA-256 (64 hexadecimal digits) of a pack as it was given."""
    return sha256(text.encode()).hexdigest()


def read_pack(text: str) -> Pack:
    """The pack. Raises BadPackError."""
    if len(text.encode()) > LARGEST_PACK:
        raise BadPackError(gettext("The file is too large for a questionnaire."))
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadPackError(gettext("The file is no TOML: %(error)s") % {"error": error}) from error
    rule = _rule(said)
    original = _text(said, "original")
    demo = said.get("demo") is True
    languages = _languages(said, original, demo=demo)
    complete = [code for code, language in languages.items() if language.status != TextStatus.ABSENT]
    return Pack(
        instrument=_text(said, "instrument", NAME),
        name=_text(said, "name"),
        full_name=_text(said, "full_name"),
        version=_text(said, "version", VERSION),
        rule=rule,
        respondent=_respondents(said, rule),
        source=_text(said, "source"),
        licence=_text(said, "licence"),
        demo=demo,
        original=original,
        languages=languages,
        questions=_questions(said, rule, complete),
    )


def _rule(said: Mapping[str, Any]) -> Rule:
    name, version = _text(said, "rule"), said.get("rule_version")
    if not isinstance(version, int) or (name, version) not in RULES:
        raise BadPackError(gettext("There is no scoring rule “%(name)s” with this version.") % {"name": name})
    return RULES[name, version]


def _respondents(said: Mapping[str, Any], rule: Rule) -> tuple[Respondent, ...]:
    named = said.get("respondent")
    wanted = [named] if isinstance(named, str) else named
    if not isinstance(wanted, list) or not wanted or any(each not in rule.respondents for each in wanted):
        raise BadPackError(gettext("The respondent is not one whom the scoring rule is for."))
    return tuple(Respondent(each) for each in wanted)


def _languages(said: Mapping[str, Any], original: str, *, demo: bool) -> dict[str, Language]:
    tables = said.get("languages")
    if not isinstance(tables, dict) or original not in tables or set(tables) - set(LANGUAGES):
        raise BadPackError(gettext("“languages” has to hold the original language, and besides kk, ru and en none."))
    return {code: _language(code, tables.get(code), is_original=code == original, demo=demo) for code in LANGUAGES}


def _language(code: str, said: Any, *, is_original: bool, demo: bool) -> Language:
    if said is None:
        return Language(TextStatus.ABSENT)
    allowed = {TextStatus.OWN} if demo else OF_ORIGINAL if is_original else OF_TRANSLATION
    if not isinstance(said, dict) or said.get("status") not in allowed:
        shown = ", ".join(sorted(allowed))
        raise BadPackError(
            gettext("The status of “%(code)s” has to be one of: %(all)s.") % {"code": code, "all": shown}
        )
    status = TextStatus(said["status"])
    sources = said.get("held_against" if is_original else "source", [])
    listed = [sources] if isinstance(sources, str) else sources
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        raise BadPackError(gettext("The sources of “%(code)s” have to be texts.") % {"code": code})
    language = Language(
        status, str(said.get("lead_in", "")), tuple(listed), str(said.get("approved_by", "")), said.get("approved_on")
    )
    _refuse_without_proof(code, language)
    return language


def _refuse_without_proof(code: str, language: Language) -> None:
    if language.status == TextStatus.VERIFIED and not language.sources:
        raise BadPackError(gettext("“%(code)s” does not say what its text was held against.") % {"code": code})
    whole = language.sources and language.approved_by and isinstance(language.approved_on, date)
    if language.status == TextStatus.APPROVED and not whole:
        message = gettext("An approved translation says its source, who approved it and when; “%(code)s” does not.")
        raise BadPackError(message % {"code": code})


def _questions(said: Mapping[str, Any], rule: Rule, languages: list[str]) -> tuple[Question, ...]:
    rows, scales = said.get("questions", []), said.get("answers", {})
    if not isinstance(rows, list) or not isinstance(scales, dict) or not all(isinstance(row, dict) for row in rows):
        raise BadPackError(gettext("Questions and answers cannot be read."))
    if not rows and list(rule.questions) == ["total"]:
        return ()
    if [row.get("id") for row in rows] != list(rule.questions):
        wanted = ", ".join(rule.questions)
        raise BadPackError(gettext("The scoring rule asks these questions in this order: %(all)s.") % {"all": wanted})
    return tuple(_question(row, scales, rule, languages) for row in rows)


def _question(row: dict[str, Any], scales: dict[str, Any], rule: Rule, languages: list[str]) -> Question:
    place = row["id"]
    scale = scales.get(str(row.get("answers")))
    values = rule.questions[place]
    if not isinstance(scale, dict) or sorted(scale) != sorted(map(str, values)):
        shown = ", ".join(map(str, values))
        message = gettext("Question %(place)s has to be answered by the values %(all)s and no others.")
        raise BadPackError(message % {"place": place, "all": shown})
    choices = tuple(
        Choice(int(value), _words(words, languages, gettext("answers of question %s") % place))
        for value, words in scale.items()
    )
    period = row.get("period")
    return Question(
        id=place,
        words=_words(row, languages, gettext("question %s") % place),
        period=_words(period, languages, gettext("period of question %s") % place) if period is not None else {},
        choices=choices,
    )


def _words(said: Any, languages: list[str], place: str) -> dict[str, str]:
    """The words in each language that the pack has. Raises BadPackError where one is missing."""
    if not isinstance(said, dict):
        raise BadPackError(gettext("%(place)s: no words.") % {"place": place})
    for code in languages:
        if not isinstance(said.get(code), str) or not said[code].strip():
            raise BadPackError(gettext("%(place)s: no words in “%(code)s”.") % {"place": place, "code": code})
    return {code: said[code].strip() for code in languages}


def _text(said: Mapping[str, Any], key: str, pattern: re.Pattern[str] | None = None) -> str:
    value = said.get(key)
    if not isinstance(value, str) or not value.strip() or (pattern and not pattern.match(value)):
        raise BadPackError(gettext("“%(key)s” is missing or cannot be used.") % {"key": key})
    return value.strip()
