"""What a draft may be, and how two versions of it differ."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from difflib import SequenceMatcher

KEPT_FOR = timedelta(days=30)
MOST_FIELDS = 300  # a safety plan has two for each of its lines
MOST_UNDECIDED = 10  # of one form; the oldest gives way
LONGEST_NAME = 60
LONGEST_DRAFT = 60_000

Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one version; `differs` where the other version does not have it."""

    text: str
    differs: bool


def fits(fields: Fields) -> bool:
    """Whether the fields are few and short enough to be kept."""
    named = len(fields) <= MOST_FIELDS and all(0 < len(name) <= LONGEST_NAME for name in fields)
    return named and sum(map(len, fields.values())) <= LONGEST_DRAFT


def marked(one: str, other: str) -> tuple[list[Piece], list[Piece]]:
    """Both versions cut into pieces, word by word; joined again, the pieces of each are that version."""
    words, others = _words(one), _words(other)
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, words, others, autojunk=False).get_opcodes():
        left += _piece(words[i1:i2], differs=tag != "equal")
        right += _piece(others[j1:j2], differs=tag != "equal")
    return left, right


def joined(one: str, other: str) -> str:
    """Both versions in one text: every line of each, in its order, what both have said once."""
    if not one.strip() or not other.strip():
        return one if one.strip() else other
    return "\n".join(joined_lines(one.splitlines(), other.splitlines()))


def joined_lines(lines: list[str], others: list[str]) -> list[str]:
    """As `joined`, of lines."""
    both: list[str] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, lines, others, autojunk=False).get_opcodes():
        both += lines[i1:i2]
        both += others[j1:j2] if tag != "equal" else []
    return both


def _piece(words: list[str], *, differs: bool) -> list[Piece]:
    return [Piece("".join(words), differs)] if words else []


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|[^\s]+", text)
