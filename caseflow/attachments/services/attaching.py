"""Taking a file into a case: looked through first, kept afterwards, all of it or nothing."""

import errno
import hashlib
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.attachments.enums import READERS, FileKind
from caseflow.attachments.models import Attachment
from caseflow.attachments.rules import LONGEST_NAME, MOST_BYTES, MOST_IN_CASE, AttachmentRefused, clean_name
from caseflow.attachments.selectors.files import place, same_content
from caseflow.attachments.selectors.scope import ref_of
from caseflow.attachments.virus_scanner import refuse_infected
from caseflow.cases.enums import EntryKind, Visibility
from caseflow.cases.keeping import kept_refs
from caseflow.cases.models import Case, ChronologyEntry
from caseflow.cases.rules import CaseRefused, may_read_text
from caseflow.cases.selectors.scope import scoped_cases
from caseflow.cases.services.chronology import write_entry
from caseflow.cases.services.locking import hold_open_case, log, refuse_unless_open
from caseflow.directory.actors import Actor
from caseflow.records.files import files_with_rows, keep_file
from caseflow.records.vault import seal
from lockdown.files import Examined, FileRefused, examine

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
SPARE_BYTES: Final = 64 << 20  # what has to be left on the disk for the database beside it


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was sent."""

    name: str
    content: bytes

    @classmethod
    def from_upload(cls, upload: "UploadedFile[Any]") -> "Sent":
        """Never more than the limit is held in memory. Raises AttachmentRefused."""
        if upload.size is None or upload.size > MOST_BYTES:
            raise AttachmentRefused("too_large")
        return cls(upload.name or "", bytes(upload.read(MOST_BYTES + 1)))


def attach(
    actor: Actor,
    case_id: UUID,
    sent: Sent,
    *,
    visibility: Visibility = Visibility.ME_AND_LEAD,
    entry_id: UUID | None = None,
) -> Attachment:
    """Keep a file in a case, or with one line of its chronology; a line says that it was attached.

    The file is looked through before any row is locked, since that takes seconds. Raises Case.DoesNotExist,
    ChronologyEntry.DoesNotExist (not a line of the case that the actor reads), AttachmentRefused, CaseRefused (closed
    case, a content that is there already, too many files).
    """
    refuse_unless_open(scoped_cases(actor).get(pk=case_id))
    if len(sent.content) > MOST_BYTES:
        raise AttachmentRefused("too_large")
    found = look_through(sent.content)
    try:
        return _keep(actor, case_id, sent, found, visibility, entry_id)
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        raise AttachmentRefused("no_room") from error


def look_through(content: bytes) -> Examined:
    """What the file is, and what of it may be kept; before rows are locked, for it takes seconds.

    Raises AttachmentRefused.
    """
    try:
        found = examine(content)
    except FileRefused as refused:
        raise AttachmentRefused(refused.code) from refused
    refuse_infected(content)
    return found


@files_with_rows()
def _keep(
    actor: Actor, case_id: UUID, sent: Sent, found: Examined, visibility: Visibility, entry_id: UUID | None
) -> Attachment:
    case = hold_open_case(actor, case_id)
    entry = _line(actor, case, entry_id) if entry_id else None
    sha256 = hashlib.sha256(sent.content).hexdigest()
    _refuse_second(actor, case, sha256)
    refuse_full_disk(len(found.content) + sum(map(len, found.pages)))
    attachment = Attachment(
        case=case,
        entry=entry,
        kind=FileKind(found.kind),
        size=len(found.content),
        page_count=found.page_count,
        sha256=sha256,
        file=keep_file(case.data_key, found.content),
        pages=[keep_file(case.data_key, page) for page in found.pages],
        visibility=visibility if visibility in READERS else Visibility.ME_AND_LEAD,
        added_by=actor.user,
        added_at=timezone.now(),
    )
    name = clean_name(sent.name) or gettext("File")[:LONGEST_NAME]
    attachment.name_sealed = seal(case.data_key, name, place(attachment, "name"))
    attachment.save(force_insert=True)
    _enter(actor, case, attachment, name)
    log(actor, "attachment_added", case, attachment=str(attachment.pk), kind=attachment.kind, size=attachment.size)
    return attachment


def _line(actor: Actor, case: Case, entry_id: UUID) -> ChronologyEntry:
    entry: ChronologyEntry = case.entries.exclude(kind=EntryKind.ATTACHMENT).get(pk=entry_id)
    readable = may_read_text(
        visibility=entry.visibility, author_id=entry.author_id, user_id=actor.user.pk, role=actor.role
    )
    if not readable or entry.ref in kept_refs(actor, case.pk):
        raise ChronologyEntry.DoesNotExist
    return entry


def _refuse_second(actor: Actor, case: Case, sha256: str) -> None:
    there = same_content(actor, case, sha256)
    if there:
        said = gettext("The same file is here already: %(name)s.")
        raise CaseRefused(said % {"name": there.name})
    if case.attachments.filter(removed_at=None).count() >= MOST_IN_CASE:
        raise CaseRefused(gettext("A case holds %(most)s files at most.") % {"most": MOST_IN_CASE})


def refuse_full_disk(wanted: int) -> None:
    """Before anything is written, so that the database beside it is not the first to find the disk full."""
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True, mode=0o700)
    if shutil.disk_usage(settings.MEDIA_ROOT).free < wanted + SPARE_BYTES:
        raise AttachmentRefused("no_room")


def _enter(actor: Actor, case: Case, attachment: Attachment, name: str) -> None:
    write_entry(
        case,
        kind=EntryKind.ATTACHMENT,
        code="attachment_added",
        author=actor.user,
        text=name,
        visibility=Visibility(attachment.visibility),
        params={"file_kind": attachment.kind},
        ref=ref_of(attachment.pk),
    )
