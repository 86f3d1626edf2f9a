"""What the receiver reads: one exact text, written down in one way, so that a digest proves it."""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from caseflow.cases.enums import RiskLevel
from caseflow.referrals.enums import Told

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Line:
    """A field with what is told; `text` of the risk is its level's code."""

    told: Told
    text: str

    @property
    def shown(self) -> "StrOrPromise":
        return RiskLevel(self.text).label if self.told is Told.RISK else self.text


@dataclass(frozen=True, slots=True)
class Letter:
    lines: tuple[Line, ...] = ()

    def written(self) -> str:
        """The one way in which it is written down; `read_letter` reads it."""
        pairs = [[line.told.value, line.text] for line in self.lines]
        return json.dumps(pairs, ensure_ascii=False, separators=(",", ":"))

    @property
    def sha256(self) -> str:
        return sha256(self.written().encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Draft:
    """What was chosen and written so far. `texts` by the codes of fields that a person writes."""

    fields: tuple[str, ...] = ()
    asked: str = ""
    texts: tuple[tuple[str, str], ...] = ()

    def text_of(self, told: str) -> str:
        return dict(self.texts).get(told, "")

    def written(self) -> str:
        return json.dumps({"fields": self.fields, "asked": self.asked, "texts": self.texts}, ensure_ascii=False)


def read_letter(written: str) -> Letter:
    """What `Letter.written` wrote."""
    return Letter(tuple(Line(Told(code), text) for code, text in json.loads(written)))


def read_draft(written: str) -> Draft:
    """What `Draft.written` wrote."""
    found: dict[str, Any] = json.loads(written)
    return Draft(tuple(found["fields"]), found["asked"], tuple((code, text) for code, text in found["texts"]))
