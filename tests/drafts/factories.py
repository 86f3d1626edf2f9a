"""Drafts as devices write them. Everything is invented."""

from uuid import UUID

from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from caseflow.drafts.selectors import Kept
from caseflow.drafts.services import Written, save_draft


def note_key(case: Case) -> str:
    return f"note-{case.pk}"


def kept_note(who: Actor, case: Case, text: str, seen: UUID | None = None) -> Kept:
    """The quick note of a case, written so far."""
    return save_draft(who, Written(note_key(case), {"text": text}, seen))
