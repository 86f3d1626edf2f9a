"""The notes that psychologists gave to the family as the shared plan: all that a guardian ever reads of a case."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from caseflow.cases.enums import EntryKind, Visibility
from caseflow.cases.happening import tells_both
from caseflow.cases.models import ChronologyEntry
from caseflow.records.vault import unseal, where


@dataclass(frozen=True, slots=True)
class SharedNote:
    """A note in clear; `struck` where a later one corrects it. `recorded_at` is None where it differs by no minute."""

    id: UUID
    at: datetime
    day_only: bool
    recorded_at: datetime | None
    by: str
    text: str
    struck: bool
    corrects: bool


def shared_notes(pupil_id: UUID, *, before: datetime | None = None) -> list[SharedNote]:
    """The shared notes of all cases of the pupil, the newest first; only those recorded `before`, where given. 1 query.

    Nothing is scoped here: the caller has checked that whoever asks stands for the pupil, or is the pupil.
    """
    recorded = Q(recorded_at__lt=before) if before else Q()
    found = ChronologyEntry.objects.filter(
        recorded, case__pupil=pupil_id, kind=EntryKind.NOTE, visibility=Visibility.SHARED_PLAN
    ).select_related("case__data_key", "author")
    entries = list(found)
    struck = {entry.corrects_id for entry in entries if entry.corrects_id}
    return [_note(entry, struck=entry.pk in struck) for entry in entries]


def _note(entry: ChronologyEntry, *, struck: bool) -> SharedNote:
    late = tells_both(entry.event_at, entry.recorded_at, day_only=entry.day_only)
    return SharedNote(
        id=entry.pk,
        at=entry.event_at,
        day_only=entry.day_only,
        recorded_at=entry.recorded_at if late else None,
        by=entry.author.short_name if entry.author else "",
        text=unseal(entry.case.data_key, entry.text_sealed, where("cases.ChronologyEntry", entry.pk, "text")),
        struck=struck,
        corrects=entry.corrects_id is not None,
    )
