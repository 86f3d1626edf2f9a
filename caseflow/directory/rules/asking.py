"""What somebody looks for who types into a search field: names, a class, the number of a case."""

import re
from dataclasses import dataclass
from typing import Final

from caseflow.directory.rules import spelling

SHORTEST: Final = 2  # signs, below which nothing is looked for
MOST_WORDS: Final = 6
LAST_GRADE: Final = 12
_CASE = re.compile(r"(?:№|#|\bn[o°º]?\.?|\bномер|\bнөмір[іи]?|\bдело|\bіс|\bcase)\s*(\d{1,9})\b", re.IGNORECASE)
_CLASS = re.compile(r"(?<!\w)(1[0-2]|\d)\s*[-–]?\s*[«\"']?([^\W\d_])[»\"']?(?!\w)")
_NUMBER = re.compile(r"(?<!\w)(\d{1,9})(?!\w)")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name, as typed and as it would read on the other keyboard layout."""

    forms: tuple[str, ...]

    @property
    def sounds(self) -> tuple[bytes, ...]:
        return tuple(dict.fromkeys(key for form in self.forms for key in spelling.sounds(form)))

    @property
    def beginnings(self) -> tuple[bytes, ...]:
        return tuple(dict.fromkeys(key for form in self.forms for key in spelling.beginnings(form)))

    @property
    def typed(self) -> str:
        return self.forms[0]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for; all of it must fit. `number` is a case's where `grade` is not meant by it."""

    words: tuple[Word, ...] = ()
    grade: int | None = None
    letters: frozenset[str] = frozenset()
    number: int | None = None

    @property
    def is_nothing(self) -> bool:
        return not self.words and self.grade is None and self.number is None


def is_enough(text: str) -> bool:
    """Whether that much is typed that something is looked for."""
    return len("".join(text.split())) >= SHORTEST or text.strip().isdigit()


def understand(text: str) -> Asked:
    """ "серік мад 7Б", "№ 12", "Zhanar 7": what of it is a name, a class, a number.

    A lone number is the number of a case; beside a name it may be a grade as well.
    """
    rest, number = _cut(_CASE, text)
    rest, of_class = _cut(_CLASS, rest)
    rest, lone = _cut(_NUMBER, rest) if number is None else (rest, None)
    words = tuple(word for written in rest.split()[:MOST_WORDS] if (word := _word(written)))
    lone_number = int(lone[1]) if lone else None
    grade = int(of_class[1]) if of_class else _grade(lone_number) if words else None
    return Asked(
        words,
        grade,
        spelling.letters_like(of_class[2]) if of_class else frozenset(),
        int(number[1]) if number else lone_number,
    )


def _grade(number: int | None) -> int | None:
    return number if number is not None and number <= LAST_GRADE else None


def _cut(pattern: re.Pattern[str], text: str) -> tuple[str, re.Match[str] | None]:
    """The text without what fits the pattern first, and that."""
    found = pattern.search(text)
    return (text[: found.start()] + " " + text[found.end() :], found) if found else (text, None)


def _word(written: str) -> Word | None:
    typed = max(spelling.name_words(written), key=len, default="")
    forms = tuple(dict.fromkeys(form for form in (typed, spelling.typed_in_latin_layout(written)) if form))
    return Word(forms) if forms else None
