"""What the API shows of the annual report, and takes for it."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from caseflow.journals.enums import Section
from caseflow.journals.rules.reports import LONGEST_SECTION
from caseflow.journals.serializers.plans import YearSerializer


class AnnualReportSerializer(serializers.Serializer[Any]):
    """The report of a year: counts, plan and own words; as signed, or as they stand."""

    year = serializers.IntegerField(source="year.pk", allow_null=True, default=None)
    content = serializers.SerializerMethodField()
    digest = serializers.CharField(source="signed.digest", allow_null=True, default=None)
    signed_at = serializers.DateTimeField(source="signed.signed_at", allow_null=True, default=None)
    may_sign = serializers.BooleanField()

    @extend_schema_field(serializers.JSONField())
    def get_content(self, sheet: Any) -> dict[str, Any]:
        """No number is about one person, and none leaves the school."""
        return dict(sheet.content)


class ReportWordsSerializer(YearSerializer):
    """Own words by section; what is left out stays as it is. Without names of pupils."""

    def get_fields(self) -> dict[str, Any]:
        sections = {
            section.value: serializers.CharField(max_length=LONGEST_SECTION, required=False, allow_blank=True)
            for section in Section
        }
        return {**super().get_fields(), **sections}
