"""Sentences by what a reader says of them, half of which the lists of the wording check were mended with."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from caseflow.postvention.enums import Warned

HERE = Path(__file__).parent
Check = Callable[[str, str], set[Warned]]


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence with what has to be found in it: nothing in a harmless one."""

    language: str
    expected: frozenset[Warned]
    text: str


def harmful(half: str) -> list[Judged]:
    return [
        Judged(language, frozenset(map(Warned, kinds.split())), text)
        for language, kinds, text in _rows(f"harmful_{half}.txt")
    ]


def harmless(half: str) -> list[Judged]:
    return [Judged(language, frozenset(), text) for language, text in _rows(f"harmless_{half}.txt")]


def recall(sentences: list[Judged], check: Check) -> float:
    """Of all that has to be found, the share that is found as what it is."""
    wanted = [(one, kind) for one in sentences for kind in one.expected]
    return sum(kind in check(one.text, one.language) for one, kind in wanted) / len(wanted)


def alarms(sentences: list[Judged], check: Check) -> float:
    """The share of sentences in which anything is found."""
    return sum(bool(check(one.text, one.language)) for one in sentences) / len(sentences)


def _rows(name: str) -> Iterator[list[str]]:
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield [part.strip() for part in line.split("|")]
