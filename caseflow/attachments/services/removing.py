"""Removing a file: the file goes, the line that it was there and why it went stays."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from caseflow.attachments.selectors.files import file_row, place
from caseflow.attachments.selectors.scope import ref_of, scoped_attachments
from caseflow.cases.enums import EntryKind, Visibility
from caseflow.cases.services.chronology import write_entry
from caseflow.cases.services.locking import hold_open_case, log, said_why
from caseflow.directory.actors import Actor
from caseflow.records.files import remove_file
from caseflow.records.vault import seal


@transaction.atomic
def remove_attachment(actor: Actor, case_id: UUID, attachment_id: UUID, *, reason: str = "") -> None:
    """Remove a file with a reason; whoever attached it takes it back without one within ten minutes.

    Raises Case.DoesNotExist, Attachment.DoesNotExist (also for a removed one), CaseRefused (closed case, no reason).
    """
    case = hold_open_case(actor, case_id)
    found = scoped_attachments(actor, case.pk).select_related("entry").get(pk=attachment_id, removed_at=None)
    row = file_row(actor, case, found)
    why = reason.strip() if row.undoable else said_why(reason)
    names = [found.file, *found.pages]
    found.file, found.pages = "", []
    found.removed_by, found.removed_at = actor.user, timezone.now()
    found.reason_sealed = seal(case.data_key, why, place(found, "reason"))
    found.save(update_fields=["file", "pages", "removed_by", "removed_at", "reason_sealed"])
    write_entry(
        case,
        kind=EntryKind.ATTACHMENT,
        code="attachment_removed",
        author=actor.user,
        text=f"{row.name}\n{why}".strip(),
        visibility=Visibility(found.visibility),
        params={"file_kind": found.kind},
        ref=ref_of(found.pk),
    )
    log(actor, "attachment_removed", case, attachment=str(found.pk), undone=row.undoable)
    transaction.on_commit(lambda: _remove_all(names))


def _remove_all(names: list[str]) -> None:
    for name in names:
        remove_file(name)
