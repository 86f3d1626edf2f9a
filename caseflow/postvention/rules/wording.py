"""What a text about a death says that may harm: how, where, a note, one cause, and what makes it loud or admirable.

Pure: a text and its language go in, findings come out; nothing is stored and nothing is forbidden. Sources: WHO,
"Preventing suicide: a resource for media professionals" (2023); AFSP and SPRC, "After a suicide: a toolkit for schools"
(2018). The lists are data of the room, one file a language in `wording/`, so that a native editor can mend them; how
they are written stands in `wording_phrases`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from caseflow.postvention.enums import Warned
from caseflow.postvention.rules.wording_phrases import PhraseList, Sentence, phrases_of, sentences_of
from caseflow.postvention.rules.wording_reasons import REASONS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LANGUAGES = ("kk", "ru", "en")
LONGEST_TEXT = 8_000


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
    """What may harm in the text, in its order; one finding for words that several phrases of a category meet.

    Upper and lower case, ё and е, and how many blanks stand between words make no difference. An unknown language is
    read as all three.
    """
    lists = [phrases_of(one) for one in ([language] if language in LANGUAGES else LANGUAGES)]
    found = [span for sentence in sentences_of(text) for listed in lists for span in _warned(sentence, listed)]
    return [Finding(category, start, end, text[start:end]) for category, start, end in _joined(found)]


Alarm = tuple[Warned, int, int]


def _warned(sentence: Sentence, listed: PhraseList) -> Iterator[Alarm]:
    kept = [span for phrase in listed.allowed for span in phrase.spans(sentence)]
    for category, phrase in listed.warned:
        for start, end in phrase.spans(sentence):
            if not any(first <= start and end <= last for first, last in kept):
                yield category, start, end


def _joined(found: Iterable[Alarm]) -> list[Alarm]:
    """Overlapping spans of one category as one, by their place."""
    joined: list[Alarm] = []
    for category, start, end in sorted(found, key=lambda span: (span[0].value, span[1], span[2])):
        if joined and joined[-1][0] == category and start < joined[-1][2]:
            joined[-1] = (category, joined[-1][1], max(end, joined[-1][2]))
        else:
            joined.append((category, start, end))
    return sorted(joined, key=lambda span: (span[1], span[2], span[0].value))
