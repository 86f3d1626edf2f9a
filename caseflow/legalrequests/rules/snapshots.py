"""What is given on a legal request: one exact text, written down in one way, so that a digest proves it. Pure."""

import json
from dataclasses import dataclass
from hashlib import sha256

from caseflow.legalrequests.enums import Given
from caseflow.referrals.rules import Words, said


@dataclass(frozen=True, slots=True)
class Line:
    """A field with what is given of it; `part` names which fact it is."""

    given: Given
    text: Words
    part: Words = ""

    @property
    def heading(self) -> str:
        field = str(self.given.label)
        return f"{field}: {said(self.part)}" if self.part else field

    @property
    def shown(self) -> str:
        return said(self.text)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything that is given, in the order of reading. `head` names request and case, so that no two are alike."""

    head: tuple[str, ...]
    lines: tuple[Line, ...]

    def written(self) -> str:
        """The one way in which it is written down; `read_snapshot` reads it."""
        rows = [[line.given.value, line.text, line.part] for line in self.lines]
        return json.dumps([self.head, rows], ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @property
    def sha256(self) -> str:
        return sha256(self.written().encode()).hexdigest()


def read_snapshot(written: str) -> Snapshot:
    """What `Snapshot.written` wrote."""
    head, rows = json.loads(written)
    return Snapshot(tuple(head), tuple(Line(Given(code), text, part) for code, text, part in rows))
