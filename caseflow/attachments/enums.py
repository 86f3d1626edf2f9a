from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from caseflow.cases.enums import Visibility

# A file is never part of the shared plan: what guardians read is chosen line by line (rule 10a).
READERS: Final = (Visibility.ME_AND_LEAD, Visibility.TEAM)
SEEN_BY: Final = [(each.value, each.label) for each in READERS]


class FileKind(models.TextChoices):
    """What a file is by its content. Nothing else is kept."""

    JPEG = "jpeg", _("Picture (JPEG)")
    PNG = "png", _("Picture (PNG)")
    WEBP = "webp", _("Picture (WebP)")
    PDF = "pdf", _("PDF document")
    DOCX = "docx", _("Word document")
    XLSX = "xlsx", _("Excel table")
    PPTX = "pptx", _("PowerPoint presentation")
    ODT = "odt", _("OpenDocument text")
    ODS = "ods", _("OpenDocument table")
    ODP = "odp", _("OpenDocument presentation")
    TEXT = "text", _("Plain text")


PICTURES: Final = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP})
# The endings of a kind, where they are others than its code; the first is given to a file that has none of them.
ENDINGS: Final = {FileKind.JPEG: (".jpg", ".jpeg"), FileKind.TEXT: (".txt",)}
ICONS: Final = {
    **dict.fromkeys(PICTURES, "photo"),
    FileKind.PDF: "file-type-pdf",
    FileKind.XLSX: "table",
    FileKind.ODS: "table",
    FileKind.PPTX: "presentation",
    FileKind.ODP: "presentation",
}
