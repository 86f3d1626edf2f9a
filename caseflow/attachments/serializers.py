"""What the API shows of files, and takes with them."""

from typing import Any

from rest_framework import serializers

from caseflow.attachments.enums import SEEN_BY, FileKind
from caseflow.attachments.selectors.files import FileRow, Files
from caseflow.cases.enums import Visibility
from caseflow.cases.rules import LONGEST_REASON


class AttachmentSerializer(serializers.Serializer[FileRow]):
    """A file of a case. `sha256` is of what was sent; `pages` counts the pages there are pictures of.

    `removed_at` is null while the file is there; of a removed one nothing can be read.
    """

    id = serializers.UUIDField(source="attachment.pk")
    case = serializers.UUIDField(source="attachment.case_id")
    entry = serializers.UUIDField(source="attachment.entry_id", allow_null=True)
    name = serializers.CharField()
    kind = serializers.ChoiceField(source="attachment.kind", choices=FileKind.choices)
    size = serializers.IntegerField(source="attachment.size")
    page_count = serializers.IntegerField(source="attachment.page_count")
    pages = serializers.SerializerMethodField()
    sha256 = serializers.CharField(source="attachment.sha256")
    visibility = serializers.ChoiceField(source="attachment.visibility", choices=SEEN_BY)
    added_by = serializers.IntegerField(source="attachment.added_by_id")
    added_by_name = serializers.CharField(source="attachment.added_by.short_name")
    added_at = serializers.DateTimeField(source="attachment.added_at")
    removed_at = serializers.DateTimeField(source="attachment.removed_at", allow_null=True)
    reason = serializers.CharField()

    def get_pages(self, row: FileRow) -> int:
        return len(row.attachment.pages)


class CaseFilesSerializer(serializers.Serializer[Files]):
    """The files of a case, and what is left of removed ones."""

    there = AttachmentSerializer(many=True)
    removed = AttachmentSerializer(many=True)


class NewAttachmentSerializer(serializers.Serializer[Any]):
    """A file, who sees it, and to which line of the chronology it belongs."""

    file = serializers.FileField()
    visibility = serializers.ChoiceField(choices=SEEN_BY, default=Visibility.ME_AND_LEAD)
    entry = serializers.UUIDField(required=False, allow_null=True, default=None)

    def validate_visibility(self, given: str) -> Visibility:
        return Visibility(given)


class RemoveAttachmentSerializer(serializers.Serializer[Any]):
    """`reason` may be empty for ten minutes, for whoever attached the file."""

    reason = serializers.CharField(max_length=LONGEST_REASON, required=False, default="", allow_blank=True)
