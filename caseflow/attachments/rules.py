"""What may be attached and by whom it is seen; what a refusal says."""

import re
from datetime import timedelta
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseflow.attachments.enums import ENDINGS, FileKind
from caseflow.attachments.models import Attachment
from caseflow.cases.rules import CASE_ROLES, CaseRefused
from lockdown.files import MOST_BYTES as LARGEST

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

WORKERS: Final = CASE_ROLES
MOST_BYTES: Final = LARGEST
MEGABYTES: Final = MOST_BYTES >> 20
LONGEST_NAME: Final = 120
MOST_AT_ONCE: Final = 20
MOST_IN_CASE: Final = 500
UNDO: Final = timedelta(minutes=10)
UNWANTED: Final = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069/\\:*?\"<>|]+")

REFUSALS: "Final[dict[str, StrPromise]]" = {
    "empty": _("The file is empty."),
    "too_large": _("The file is too large: 50 MB at most."),
    "unknown": _(
        "This kind of file is not kept. Kept are pictures, PDF, Word, Excel, PowerPoint, OpenDocument and text."
    ),
    "archive": _("Archives are not kept: nobody sees what is in them. Unpack it and send the files."),
    "executable": _("This is a program. Programs are not kept, whatever they are called."),
    "recording": _("Recordings of sound and video are not kept with a case. Write what is on it in a note."),
    "other_picture": _("This kind of picture is not kept. Save it as JPEG or PNG and send that."),
    "old_office": _("This is a document of an old or a locked kind. Save it as DOCX, XLSX or PDF without a password."),
    "encrypted": _("The file is locked by a password, so nobody can look through it. Save it without one."),
    "macros": _("The document contains macros, that is programs. Save it without macros or as PDF."),
    "script": _("The PDF contains something that acts by itself. Print it into a new PDF and send that."),
    "embedded": _("Other files are hidden in this one. Send them one by one, or print it into a new PDF."),
    "outside": _("The document fetches parts from elsewhere. Save it as PDF and send that."),
    "unpacks": _("The file unpacks to far more than it is, so it is not opened."),
    "too_complex": _("Looking through the file took too long. Save it anew, or send it in parts."),
    "broken": _("The file is damaged: it cannot be opened. Save it anew and send that."),
    "infected": _("The virus scanner found something harmful in the file. It was not kept."),
    "unscanned": _(
        "The virus scanner does not answer, so nothing was kept. Try again later, or tell the administrator."
    ),
    "no_room": _("The server has no room left for files. Nothing was kept; tell the administrator."),
}


class AttachmentRefused(CaseRefused):
    """The file is not kept; `code` is one of REFUSALS."""

    def __init__(self, code: str) -> None:
        super().__init__(str(REFUSALS[code]))
        self.code = code


def clean_name(sent: str) -> str:
    """The name as it is shown: no folders, no signs that turn text around or that a file system forbids.

    >>> clean_name("../a/Характеристика.pdf")
    'Характеристика.pdf'
    """
    name = PurePosixPath(sent.replace("\\", "/")).name
    name = UNWANTED.sub(" ", name).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if len(name) > LONGEST_NAME and dot and len(ending) <= 5:
        return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"
    return name[:LONGEST_NAME]


def download_name(name: str, kind: FileKind) -> str:
    """The name with an ending of what the file is: a program that was called a picture does not get its name back.

    >>> download_name("a.exe", FileKind.JPEG)
    'a.exe.jpg'
    """
    endings = ENDINGS.get(kind, (f".{kind.value}",))
    return name if name.lower().endswith(endings) else f"{name}{endings[0]}"


def may_be_undone(attachment: Attachment, user_id: int) -> bool:
    """Whether this person may take the file back without saying why."""
    return attachment.added_by_id == user_id and timezone.now() - attachment.added_at <= UNDO
