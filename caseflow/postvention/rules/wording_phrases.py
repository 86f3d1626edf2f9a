"""The phrases that the wording check knows, as they are written in `wording/`, and where a text has them.

A phrase is words of one sentence: `*` stands for any letters, `..` for up to four words between, `(a|b)` for either,
`@name` for any of a named group, `#time` for a time of day. `&` joins parts that stand near each other in any order;
a part after `!` silences the phrase where it stands among them or close by.
"""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from caseflow.postvention.enums import Warned

LISTS = Path(__file__).parent.parent / "wording"
NEAR = 9  # words between two parts of a phrase
CLOSE = 4  # words around a phrase among which its silencer counts

Span = tuple[int, int]
Groups = Mapping[str, Sequence[str]]

SENTENCE = re.compile(r"(?:[^.!?;…]|(?<=\d)\.(?=\d))+")
TOKEN = re.compile(r"\w+(?:-\w+)*")
WORDS = re.compile(r"\([^)]*\)|\S+")
BETWEEN = r"[^\w]+"
GAP = r"(?:[^\w]+\w+){0,4}?[^\w]+"
TIME = r"\d{1,2}[:.]\d{2}(?:-\w+)?"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in plain letters, and where each of its words begins."""

    text: str
    start: int
    words: tuple[int, ...]

    def between(self, left: int, right: int) -> int:
        """How many words begin in this stretch."""
        return bisect_left(self.words, right) - bisect_left(self.words, left)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Parts that stand near each other, in any order, and what silences them."""

    parts: tuple[re.Pattern[str], ...]
    silencers: tuple[re.Pattern[str], ...]

    def spans(self, sentence: Sentence) -> Iterator[Span]:
        """Where the text has the phrase, in its own characters: from the first of the parts to the last."""
        found = [[match.span(1) for match in part.finditer(sentence.text)] for part in self.parts]
        if not all(found):
            return
        quiet = [match.span(1) for part in self.silencers for match in part.finditer(sentence.text)]
        for first in found[0]:
            span = _with_nearest(first, found[1:], sentence)
            if span and not any(_close(span, one, sentence) for one in quiet):
                yield sentence.start + span[0], sentence.start + span[1]


@dataclass(frozen=True, slots=True)
class PhraseList:
    """What is warned of in one language, and phrases within which nothing is."""

    warned: tuple[tuple[Warned, Phrase], ...]
    allowed: tuple[Phrase, ...]


@cache
def phrases_of(language: str) -> PhraseList:
    listed = tomllib.loads((LISTS / f"{language}.toml").read_text(encoding="utf-8"))
    groups = listed["groups"]
    warned = [(Warned(kind), _phrase(one, groups)) for kind, phrases in listed["warned"].items() for one in phrases]
    return PhraseList(tuple(warned), tuple(_phrase(one, groups) for one in listed["allowed"]))


def sentences_of(text: str) -> list[Sentence]:
    plain = "".join(map(_plain, text))
    found = SENTENCE.finditer(plain)
    return [
        Sentence(one[0], one.start(), tuple(word.start() for word in TOKEN.finditer(one[0])))
        for one in found
        if TOKEN.search(one[0])
    ]


def _plain(letter: str) -> str:
    small = letter.lower()
    return {"ё": "е", "‑": "-"}.get(small, small) if len(small) == 1 else letter


def _with_nearest(first: Span, others: list[list[Span]], sentence: Sentence) -> Span | None:
    """From the first to the last of the parts nearest to this one; None where one of them is too far away."""
    chosen = [first]
    for spans in others:
        near = ((_distance(one, other, sentence), one) for other in chosen for one in _beside(other, spans))
        free = [(away, one) for away, one in near if away <= NEAR and not any(_overlap(one, held) for held in chosen)]
        if not free:
            return None
        chosen.append(min(free)[1])
    return min(start for start, _end in chosen), max(end for _start, end in chosen)


def _beside(span: Span, spans: list[Span]) -> list[Span]:
    """The few of these spans, which are in order, that can be the nearest."""
    at = bisect_left(spans, span)
    return spans[max(0, at - 2) : at + 2]


def _distance(one: Span, other: Span, sentence: Sentence) -> int:
    left, right = sorted((one, other))
    return sentence.between(left[1], right[0])


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _close(span: Span, quiet: Span, sentence: Sentence) -> bool:
    return _overlap(span, quiet) or _distance(span, quiet, sentence) <= CLOSE


def _phrase(written: str, groups: Groups) -> Phrase:
    said, *unsaid = written.split(" ! ")
    parts = tuple(_pattern(part, groups) for part in said.split(" & "))
    return Phrase(parts, tuple(_pattern(part, groups) for part in unsaid))


def _pattern(part: str, groups: Groups) -> re.Pattern[str]:
    """Matches nothing itself: its group is what it found, so that what overlaps is found as well."""
    return re.compile(rf"(?<![\w-])(?=({_sequence(part, groups)})(?!\w))")


def _sequence(part: str, groups: Groups) -> str:
    built = ""
    gap = ""
    for word in WORDS.findall(part):
        if word == "..":
            gap = GAP
            continue
        built += (gap or BETWEEN if built else "") + _word(word, groups)
        gap = ""
    return built


def _word(word: str, groups: Groups) -> str:
    if word == "#time":
        return TIME
    if word.startswith("@"):
        return _either(groups[word[1:]], groups)
    if word.startswith("("):
        return _either(word[1:-1].split("|"), groups)
    return re.escape(word).replace(r"\*", r"\w*")


def _either(options: Sequence[str], groups: Groups) -> str:
    return f"(?:{'|'.join(_sequence(option, groups) for option in options)})"
