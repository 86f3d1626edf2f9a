"""Looking at files: what is shown and the entry that it was shown are one transaction (rule 24)."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction

from caseflow.attachments.enums import FileKind
from caseflow.attachments.models import Attachment
from caseflow.attachments.rules import download_name
from caseflow.attachments.selectors.files import FileRow, Files, file_row, files_of, lines_to_attach_to
from caseflow.attachments.selectors.scope import scoped_attachments
from caseflow.cases.models import Case
from caseflow.cases.selectors.pages import CaseFile, case_file
from caseflow.cases.selectors.scope import scoped_cases
from caseflow.cases.services.locking import log
from caseflow.directory.actors import Actor
from caseflow.records.files import read_file

LONGEST_TEXT: Final = 20_000


@dataclass(frozen=True, slots=True)
class FilesPage:
    """The files of a case on a page of it; `lines` are those a file may belong to."""

    file: CaseFile
    files: Files
    lines: list[tuple[UUID, str]]


@dataclass(frozen=True, slots=True)
class FilePage:
    """One file; `text` is the beginning of a plain text, with `is_cut` where there is more."""

    case: Case
    row: FileRow
    text: str = ""
    is_cut: bool = False

    @property
    def pages(self) -> range:
        """The numbers of the pages that are shown as pictures."""
        return range(1, len(self.row.attachment.pages) + 1)


@transaction.atomic
def open_files(actor: Actor, case_id: UUID) -> FilesPage:
    """The files of a case, with the case around them. Raises Case.DoesNotExist."""
    file = case_file(actor, case_id)
    found = files_of(actor, file.case)
    log(actor, "attachments_read", file.case)
    return FilesPage(file, found, lines_to_attach_to(actor, file.case) if file.case.is_open else [])


@transaction.atomic
def list_files(actor: Actor, case_id: UUID) -> tuple[Case, Files]:
    """The files alone. Raises Case.DoesNotExist."""
    case = scoped_cases(actor).select_related("data_key").get(pk=case_id)
    log(actor, "attachments_read", case)
    return case, files_of(actor, case)


@transaction.atomic
def open_file(actor: Actor, attachment_id: UUID) -> FilePage:
    """One file, also a removed one, of which only its trace is left. Raises Attachment.DoesNotExist, VaultError."""
    case, found = _find(actor, attachment_id)
    log(actor, "attachment_read", case, attachment=str(found.pk))
    row = file_row(actor, case, found)
    if found.kind != FileKind.TEXT or not row.is_there:
        return FilePage(case, row)
    text = read_file(case.data_key, found.file).decode()
    return FilePage(case, row, text[:LONGEST_TEXT], len(text) > LONGEST_TEXT)


@transaction.atomic
def open_page(actor: Actor, attachment_id: UUID, number: int) -> bytes:
    """The picture (WebP) of a page, counted from 1. Raises Attachment.DoesNotExist, VaultError."""
    case, found = _find(actor, attachment_id)
    if not 1 <= number <= len(found.pages):
        raise Attachment.DoesNotExist
    log(actor, "attachment_page_read", case, attachment=str(found.pk), page=number)
    return read_file(case.data_key, found.pages[number - 1])


@transaction.atomic
def download(actor: Actor, attachment_id: UUID) -> tuple[str, bytes]:
    """The name and content of a file. Raises Attachment.DoesNotExist (also for a removed one), VaultError."""
    case, found = _find(actor, attachment_id)
    if not found.file:
        raise Attachment.DoesNotExist
    log(actor, "attachment_downloaded", case, attachment=str(found.pk))
    return download_name(file_row(actor, case, found).name, FileKind(found.kind)), read_file(case.data_key, found.file)


def _find(actor: Actor, attachment_id: UUID) -> tuple[Case, Attachment]:
    case_id = Attachment.objects.values_list("case", flat=True).get(pk=attachment_id)
    found = scoped_attachments(actor, case_id).select_related("entry", "added_by", "removed_by").get(pk=attachment_id)
    return scoped_cases(actor).select_related("data_key", "pupil__school_class").get(pk=case_id), found


def case_of_file(actor: Actor, attachment_id: UUID) -> UUID:
    """The id of the case that a file in reach belongs to. Raises Attachment.DoesNotExist."""
    case, _found = _find(actor, attachment_id)
    return case.pk
