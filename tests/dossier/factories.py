"""What is asked for, and what stands in a PDF. Everything is invented."""

from io import BytesIO
from typing import Any

from pdfminer.high_level import extract_text

from caseflow.documents.enums import Tongue
from caseflow.dossier.enums import Form, Kind, Meeting
from caseflow.dossier.rules import Wanted, ticked_beforehand

PURPOSE = "Беседа с мамой Қәсіпқойға"


def wanted(kind: Kind = Kind.PROFILE, *more: str, **facts: Any) -> Wanted:
    """What the form begins with, and `more` parts."""
    usual: dict[str, Any] = {
        "kind": kind,
        "form": Form.PAGE,
        "meeting": Meeting.LEAD,
        "purpose": PURPOSE,
        "tongue": Tongue.RUSSIAN,
        "parts": frozenset({*ticked_beforehand(kind), *more}),
    }
    return Wanted(**(usual | facts))


def words_of(pdf: bytes) -> str:
    """The text of a PDF, blanks between words only."""
    return " ".join(extract_text(BytesIO(pdf)).split())
