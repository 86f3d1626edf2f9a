from django.conf import settings
from django.db import models
from django.db.models import Q

from caseflow.attachments.enums import ICONS, READERS, FileKind
from caseflow.cases.enums import Visibility
from caseflow.cases.models import Case, ChronologyEntry
from caseflow.records.models import Record

USER = settings.AUTH_USER_MODEL


class Attachment(Record):
    """A file of a case, perhaps of one line of its chronology. File and pages are sealed with the case's key.

    `sha256` is of what was sent; `size` is that of what is kept, which a picture that was drawn anew differs in.
    `pages` names the files with pictures of its first pages. The row of a removed file stays, without the file.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="attachments")
    entry = models.ForeignKey(ChronologyEntry, models.PROTECT, null=True, related_name="attachments")
    name_sealed = models.BinaryField()
    kind = models.CharField(max_length=8, choices=FileKind)
    size = models.PositiveBigIntegerField()
    page_count = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    file = models.CharField(max_length=32, blank=True)
    pages = models.JSONField(default=list, blank=True)
    visibility = models.CharField(max_length=12, choices=Visibility, default=Visibility.ME_AND_LEAD)
    added_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)
    reason_sealed = models.BinaryField(default=bytes)

    class Meta:
        ordering = ("-added_at",)
        indexes = (models.Index(fields=["case", "sha256"], name="attachments_by_content"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(visibility__in=[each.value for each in READERS]), name="attachments_are_never_shared"
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None) | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="removed_attachment_has_its_remover",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.added_at:%Y-%m-%d %H:%M} {self.kind}"

    @property
    def icon(self) -> str:
        return ICONS.get(FileKind(self.kind), "file-text")
