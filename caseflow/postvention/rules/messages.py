"""What a message still lacks: its placeholders, in curly brackets, stand for what only this event knows."""

import re
from collections.abc import Mapping

from caseflow.postvention.enums import Audience

PLACEHOLDER = re.compile(r"\{(\w+)\}")
PLACEHOLDERS = ("name", "school", "day", "hours", "contact")
# Numbers that answer a cry for help; the press and everybody else get them with every message to the public.
NEEDS_HOTLINE = frozenset({Audience.STAFF, Audience.CLASS_TALK, Audience.PARENTS, Audience.MEDIA})
HOTLINES = ("111", "112")  # rule 19


def filled(text: str, known: Mapping[str, str]) -> str:
    """The text with what is known; a placeholder of which nothing is known stays as it is."""
    return PLACEHOLDER.sub(lambda match: known.get(match[1], "") or match[0], text)


def unfilled(text: str) -> list[str]:
    """The placeholders that are left, once each, in their order."""
    return list(dict.fromkeys(PLACEHOLDER.findall(text)))


def unknown_placeholders(text: str) -> list[str]:
    """Placeholders that no event can fill."""
    return [name for name in unfilled(text) if name not in PLACEHOLDERS]


def lacks_hotline(text: str, audience: str) -> bool:
    """Whether a message to these readers names none of the numbers to call."""
    return audience in NEEDS_HOTLINE and not all(re.search(rf"(?<!\d){number}(?!\d)", text) for number in HOTLINES)
