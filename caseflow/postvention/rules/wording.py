"""What a text about a death says that may harm: how, where, a note, one cause, and what makes it loud or admirable.

Pure: a text and its language go in, findings come out; nothing is stored and nothing is forbidden. Sources: WHO,
"Preventing suicide: a resource for media professionals" (2023); AFSP and SPRC, "After a suicide: a toolkit for schools"
(2018). The lists are data of the room, one file a language
in `wording/`, so that a native editor can mend them.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caseflow.postvention.enums import Warned
from caseflow.postvention.rules.wording_reasons import REASONS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LISTS = Path(__file__).parent.parent / "wording"
LANGUAGES = ("kk", "ru", "en")
LONGEST_TEXT = 8_000
BETWEEN = r"[^\w.!?;]+"  # words of one phrase stand in one sentence
GAP = r"(?:[^\w.!?;]+\w+){0,4}?[^\w.!?;]+"
WORDS = re.compile(r"\([^)]*\)|\S+")
TIME = r"\d{1,2}[:.]\d{2}"


@dataclass(frozen=True, slots=True)
class Finding:
    """A stretch of the text, from `start` up to `end` in characters, with why it may harm and what to say instead."""

    category: Warned
    start: int
    end: int
    words: str

    @property
    def why(self) -> "StrOrPromise":
        return REASONS[self.category][0]

    @property
    def suggestion(self) -> "StrOrPromise":
        return REASONS[self.category][1]


def check_wording(text: str, language: str) -> list[Finding]:
    """What may harm in the text, in its order; one finding for words that several patterns of a category meet.

    Upper and lower case, ё and е, and how many blanks stand between words make no difference. An unknown language is
    read as all three.
    """
    read = [language] if language in LANGUAGES else list(LANGUAGES)
    kept = [match.span() for pattern in _allowed(read) for match in pattern.finditer(text)]
    found = [span for span in _spans(text, read) if not any(_within(span, quiet) for quiet in kept)]
    return [Finding(category, start, end, text[start:end]) for category, start, end in _joined(found)]


Span = tuple[Warned, int, int]


def _spans(text: str, languages: Iterable[str]) -> Iterator[Span]:
    for language in languages:
        for category, pattern in _patterns(language):
            for match in pattern.finditer(text):
                yield category, match.start(), match.end()


def _joined(found: Iterable[Span]) -> list[Span]:
    """Overlapping spans of one category as one, by their place."""
    joined: list[Span] = []
    for category, start, end in sorted(found, key=lambda span: (span[0].value, span[1], span[2])):
        if joined and joined[-1][0] == category and start < joined[-1][2]:
            joined[-1] = (category, joined[-1][1], max(end, joined[-1][2]))
        else:
            joined.append((category, start, end))
    return sorted(joined, key=lambda span: (span[1], span[2], span[0].value))


def _within(span: Span, quiet: tuple[int, int]) -> bool:
    return quiet[0] <= span[1] and span[2] <= quiet[1]


@cache
def _patterns(language: str) -> tuple[tuple[Warned, re.Pattern[str]], ...]:
    warned = _list_of(language)["warned"]
    return tuple((Warned(category), _compiled(phrase)) for category, phrases in warned.items() for phrase in phrases)


def _allowed(languages: Iterable[str]) -> Iterator[re.Pattern[str]]:
    for language in languages:
        yield from _quiet(language)


@cache
def _quiet(language: str) -> tuple[re.Pattern[str], ...]:
    return tuple(map(_compiled, _list_of(language)["allowed"]))


@cache
def _list_of(language: str) -> dict[str, Any]:
    return tomllib.loads((LISTS / f"{language}.toml").read_text(encoding="utf-8"))


def _compiled(phrase: str) -> re.Pattern[str]:
    """A phrase of the lists as a pattern: `*` is any letters, `..` up to four words between, `(a|b)` either word,
    `#time` a time of day."""
    parts: list[str] = []
    gap = ""
    for word in WORDS.findall(phrase):
        if word == "..":
            gap = GAP
            continue
        parts.append((gap or BETWEEN if parts else "") + _word(word))
        gap = ""
    return re.compile(rf"(?<!\w){''.join(parts)}(?!\w)", re.IGNORECASE)


def _word(word: str) -> str:
    if word == "#time":
        return TIME
    if word.startswith("("):
        options = (BETWEEN.join(map(_word, option.split())) for option in word[1:-1].split("|"))
        return f"(?:{'|'.join(options)})"
    return re.escape(word).replace(r"\*", r"\w*").replace("е", "[её]")
