"""What the receiver reads: one exact text, written down in one way, so that a digest proves it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, override

from caseflow.cases.enums import RiskLevel
from caseflow.referrals.enums import Told

Words = str | dict[str, str]  # a text, alone or by language


@dataclass(frozen=True, slots=True)
class Line:
    """A field with what is told; `text` of the risk is its level's code. `part` names which fact it is, where it was
    taken over from somewhere."""

    told: Told
    text: Words
    part: Words = ""

    @property
    def heading(self) -> str:
        field = str(self.told.label)
        return f"{field}: {said(self.part)}" if self.part else field

    @property
    def plain(self) -> str:
        """The text in the active language; of the risk its code."""
        return said(self.text)

    @property
    def shown(self) -> str:
        return str(RiskLevel(self.plain).label) if self.told is Told.RISK else self.plain


@dataclass(frozen=True, slots=True)
class Letter:
    lines: tuple[Line, ...] = ()

    def written(self) -> str:
        """The one way in which it is written down; `read_letter` reads it."""
        rows = [[line.told.value, line.text, *([line.part] if line.part else [])] for line in self.lines]
        return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))

    @property
    def sha256(self) -> str:
        return sha256(self.written().encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Draft:
    """What was chosen and written so far. `texts` by the codes of fields that a person writes, `taken` the codes of
    facts that are taken over."""

    fields: tuple[str, ...] = ()
    asked: str = ""
    texts: tuple[tuple[str, str], ...] = ()
    taken: tuple[str, ...] = ()

    def text_of(self, told: str) -> str:
        return dict(self.texts).get(told, "")

    def written(self) -> str:
        kept = {"fields": self.fields, "asked": self.asked, "texts": self.texts, "taken": self.taken}
        return json.dumps(kept, ensure_ascii=False)


def said(words: Words) -> str:
    """In the active language; in Russian where it is not said in that."""
    if isinstance(words, str):
        return words
    return words.get((get_language() or "ru")[:2]) or words["ru"]


def by_language(say: Callable[[], str]) -> Words:
    """What `say` says in each language of the product."""
    texts = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            texts[code] = str(say())
    return texts


def read_letter(written: str) -> Letter:
    """What `Letter.written` wrote."""
    return Letter(tuple(Line(Told(code), *rest) for code, *rest in json.loads(written)))


def read_draft(written: str) -> Draft:
    """What `Draft.written` wrote."""
    found: dict[str, Any] = json.loads(written)
    texts = tuple((code, text) for code, text in found["texts"])
    return Draft(tuple(found["fields"]), found["asked"], texts, tuple(found.get("taken", ())))
