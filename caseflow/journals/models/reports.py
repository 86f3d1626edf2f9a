from django.conf import settings
from django.db import models

from caseflow.directory.models import School, SchoolYear
from caseflow.records.append_only import AppendOnly
from caseflow.records.models import Record

USER = settings.AUTH_USER_MODEL


class ReportWords(Record):
    """What is said in own words in the annual report, by section, until it is signed. No pupil is named."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="+")
    words = models.JSONField(default=dict)
    written_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "report words"
        constraints = (models.UniqueConstraint(fields=["school", "year"], name="one_report_text_per_school_year"),)

    def __str__(self) -> str:
        return f"{self.school_id} {self.year_id}"


class SignedReport(AppendOnly):
    """The annual report as it was signed: figures, words and plan of then. `digest` is the SHA-256 of `content`."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="+")
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    signed_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "year"], name="one_signed_report_per_school_year"),)

    def __str__(self) -> str:
        return f"{self.school_id} {self.year_id} {self.digest[:8]}"
