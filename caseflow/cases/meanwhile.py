"""What somebody else, or oneself on another device, saved while a form was being filled in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from caseflow.cases.rules import CaseRefused


@dataclass(frozen=True, slots=True)
class Saved:
    """What was saved first, in clear. `key` is named by whoever has seen it: an id, or the digest of a text that is
    written on. An assessment has its `level` and, where one was written, its `formulation` as well."""

    key: UUID | str
    text: str
    by: str
    at: datetime
    level: str = ""
    formulation: str = ""


class SavedMeanwhile(CaseRefused):
    """Another text was saved first; whoever sees it beside the own decides, and nothing was overwritten."""

    def __init__(self, message: str, saved: Saved) -> None:
        super().__init__(message)
        self.saved = saved
