from django.conf import settings
from django.db import models

from caseflow.directory.models.territory import School
from caseflow.records.models import DataKey, Record


class ImportDraft(Record):
    """An uploaded list that waits for its preview to be confirmed; the file itself is sealed.

    `counts` is what applying it did, and empty until then.
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    file_name = models.CharField(max_length=200)
    stored_as = models.CharField(max_length=32)
    data_key = models.ForeignKey(DataKey, models.PROTECT, related_name="+")
    is_full_roll = models.BooleanField(default=False)
    applied_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.file_name
