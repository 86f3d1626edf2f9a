"""Scans of signed forms: type by content, pictures drawn anew, everything sealed (rule 25)."""

import hashlib
from typing import TYPE_CHECKING, cast

from django.db import transaction

from caseflow.consent.errors import UnreadableScanError
from caseflow.consent.models import PaperScan
from caseflow.directory.models import Pupil
from caseflow.records.files import keep_file, read_file, remove_file
from caseflow.records.pictures import SCANS, UnreadablePictureError, redrawn
from caseflow.records.received import JPEG as JPEG_BEGINNING
from caseflow.records.received import PDF as PDF_BEGINNING
from caseflow.records.received import PNG as PNG_BEGINNING
from caseflow.records.vault import new_key

if TYPE_CHECKING:
    from caseflow.records.models import DataKey

MAX_BYTES = 10 * 1024 * 1024
PDF = "application/pdf"


def is_scan(beginning: bytes) -> bool:
    """Whether it begins like one of the types a scan may have."""
    return beginning.startswith((PDF_BEGINNING, JPEG_BEGINNING, PNG_BEGINNING))


def keep_scan(pupil: Pupil, content: bytes) -> PaperScan:
    """Keep a scan in the caller's `files_with_rows`. Raises UnreadableScanError."""
    clean, media_type = cleaned(content)
    key = new_key("scan")
    return PaperScan.objects.create(
        data_key=key,
        pupil=pupil,
        file=keep_file(key, clean),
        media_type=media_type,
        sha256=hashlib.sha256(clean).hexdigest(),
    )


def open_scan(scan: PaperScan) -> bytes:
    """The scan as it was kept. Raises FileNotFoundError (also for one that was removed), VaultError."""
    if scan.data_key is None:
        raise FileNotFoundError(scan.pk)
    return read_file(scan.data_key, scan.file)


def remove_scan(scan: PaperScan) -> None:
    """Destroy the key in the caller's transaction, so that the file is nobody's to read, and the file after it."""
    key = cast("DataKey", scan.data_key)  # an entry is answered once, so its scan is still there
    PaperScan.objects.filter(pk=scan.pk).update(data_key=None)
    key.delete()
    transaction.on_commit(lambda: remove_file(scan.file))


def cleaned(content: bytes) -> tuple[bytes, str]:
    """The file without anything but its pages, and its media type by content, whatever its name said.

    Pictures are decoded and encoded again, which drops EXIF with place and device. Raises UnreadableScanError.
    """
    if not content or len(content) > MAX_BYTES:
        raise UnreadableScanError
    if content.startswith(PDF_BEGINNING) and b"%%EOF" in content[-1024:]:
        return content, PDF
    try:
        return redrawn(content, SCANS)
    except UnreadablePictureError as error:
        raise UnreadableScanError from error
