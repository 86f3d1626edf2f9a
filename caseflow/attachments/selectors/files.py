"""Files as pages and the API show them: names in clear, and where they belong."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from caseflow.attachments.models import Attachment
from caseflow.attachments.rules import may_be_undone
from caseflow.attachments.selectors.scope import scoped_attachments
from caseflow.cases.enums import EntryKind, Visibility
from caseflow.cases.models import Case, ChronologyEntry
from caseflow.cases.rules import may_read_text
from caseflow.cases.selectors.chronology import Line, Sources, chronology
from caseflow.cases.wordings import sentence
from caseflow.directory.actors import Actor
from caseflow.directory.templatetags.ui import shortdate
from caseflow.records.vault import unseal, where

MOST_LINES = 40
EXCERPT = 60


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file with its name in clear. `line` says to which line it belongs, "" for none and for one that is hidden from
    the reader; `reason` why it was removed; `undoable` whether the reader may take it back without saying why."""

    attachment: Attachment
    name: str
    line: str
    reason: str
    undoable: bool

    @property
    def is_there(self) -> bool:
        return self.attachment.removed_at is None

    @property
    def is_confidential(self) -> bool:
        return self.attachment.visibility == Visibility.ME_AND_LEAD


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a case, the newest first, and what is left of removed ones."""

    there: list[FileRow]
    removed: list[FileRow]


def files_of(actor: Actor, case: Case) -> Files:
    """What the actor sees of the case's files. One query, and those of the rooms that keep something."""
    found = scoped_attachments(actor, case.pk).select_related("entry", "added_by", "removed_by")
    rows = [file_row(actor, case, each) for each in found]
    return Files([row for row in rows if row.is_there], [row for row in rows if not row.is_there])


def file_row(actor: Actor, case: Case, found: Attachment) -> FileRow:
    """One of the actor's files in clear."""
    return FileRow(
        attachment=found,
        name=unseal(case.data_key, found.name_sealed, place(found, "name")),
        line=_line(actor, found.entry) if found.entry else "",
        reason=unseal(case.data_key, found.reason_sealed, place(found, "reason")),
        undoable=found.removed_at is None and case.is_open and may_be_undone(found, actor.user.pk),
    )


def place(found: Attachment, field: str) -> str:
    """Where a sealed value of a file stands."""
    return where("attachments.Attachment", found.pk, field)


def lines_to_attach_to(actor: Actor, case: Case) -> list[tuple[UUID, str]]:
    """The newest lines of the chronology whose text the actor reads, as a form offers them."""
    lines = chronology(case, actor, Sources({}, {})).lines
    return [(line.id, _words(line)) for line in lines if _takes_files(line)][:MOST_LINES]


def same_content(actor: Actor, case: Case, sha256: str) -> FileRow | None:
    """The file of the same content that the actor sees in the case, None where there is none."""
    found = scoped_attachments(actor, case.pk).filter(sha256=sha256, removed_at=None)
    first = found.select_related("entry", "added_by").first()
    return file_row(actor, case, first) if first else None


def _takes_files(line: Line) -> bool:
    return not line.hidden and line.kind not in (EntryKind.CONSENT, EntryKind.ATTACHMENT)


def _words(line: Line) -> str:
    text = " ".join(line.text.split())
    said = f"{line.title}: {text[:EXCERPT]}{'…' if len(text) > EXCERPT else ''}" if text else line.title
    return f"{shortdate(line.at)} {said}"


def _line(actor: Actor, entry: ChronologyEntry) -> str:
    facts: dict[str, Any] = {"visibility": entry.visibility, "author_id": entry.author_id}
    if not may_read_text(user_id=actor.user.pk, role=actor.role, **facts):
        return ""
    return f"{shortdate(timezone.localdate(entry.event_at))} {sentence(entry.kind, entry.code, entry.params)}"
