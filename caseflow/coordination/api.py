from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from caseflow.coordination.models import Report
from caseflow.coordination.selectors import listed_reports, subject_of
from caseflow.coordination.services import open_report
from caseflow.directory.endpoints import ScopedViewSet
from caseflow.indicators.rules.readers import READERS
from caseflow.signing.selectors import round_of


class SignatureSerializer(serializers.Serializer[Any]):
    """Somebody who is asked to sign the report, and what they answered; null where they have not yet."""

    name = serializers.CharField(source="signer.name", read_only=True)
    position = serializers.CharField(source="signer.position", read_only=True)
    body = serializers.CharField(source="signer.body", read_only=True)
    answer = serializers.CharField(source="signature.answer", default=None, read_only=True, allow_null=True)
    means = serializers.CharField(source="signature.means", default=None, read_only=True, allow_null=True)
    at = serializers.DateTimeField(source="signature.at", default=None, read_only=True, allow_null=True)


class ReportSerializer(serializers.ModelSerializer[Report]):
    """A released report: published figures of its period, of the year before and of the period just before.

    Null is hidden (rule 22); null in place of a whole release means that nothing was counted then.
    """

    period = serializers.CharField(source="release.period", read_only=True, help_text="2026-Q3, or 2026")
    version = serializers.IntegerField(source="release.version", read_only=True)
    reason = serializers.CharField(source="release.reason", read_only=True, help_text="of a corrected version")
    figures = serializers.JSONField(source="release.content", read_only=True)
    before = serializers.SerializerMethodField()
    previous = serializers.SerializerMethodField()
    digest = serializers.CharField(source="sha256", read_only=True, help_text="of the document that is signed")
    district = serializers.CharField(source="district.code", default=None, read_only=True, allow_null=True)
    signatures = serializers.SerializerMethodField()

    class Meta:
        model = Report
        fields = (
            "id",
            "period",
            "version",
            "district",
            "reason",
            "figures",
            "before",
            "previous",
            "comment",
            "digest",
            "composed_at",
            "signatures",
        )
        read_only_fields = fields

    @extend_schema_field(serializers.JSONField(allow_null=True))
    def get_before(self, report: Report) -> dict[str, Any] | None:
        """The same period a year earlier."""
        return report.before.content if report.before else None

    @extend_schema_field(serializers.JSONField(allow_null=True))
    def get_previous(self, report: Report) -> dict[str, Any] | None:
        """The period just before."""
        return report.previous.content if report.previous else None

    @extend_schema_field(SignatureSerializer(many=True))
    def get_signatures(self, report: Report) -> list[dict[str, Any]]:
        """Who is asked to sign it, and what they answered; nobody before it was asked for."""
        signed = round_of(subject_of(report), report.sha256)
        return list(SignatureSerializer(signed.asked, many=True).data) if signed else []


class ReportHeadSerializer(serializers.ModelSerializer[Report]):
    """A released report without its figures."""

    period = serializers.CharField(source="release.period", read_only=True, help_text="2026-Q3, or 2026")
    version = serializers.IntegerField(source="release.version", read_only=True)
    district = serializers.CharField(source="district.code", default=None, read_only=True, allow_null=True)
    digest = serializers.CharField(source="sha256", read_only=True, help_text="of the document that is signed")

    class Meta:
        model = Report
        fields = ("id", "period", "version", "district", "digest", "composed_at")
        read_only_fields = fields


class ReportViewSet(ScopedViewSet):
    """The released reports of the region."""

    roles = {"*": frozenset(READERS)}
    serializer_class = ReportSerializer
    queryset = Report.objects.none()

    @extend_schema(responses=ReportHeadSerializer(many=True))
    def list(self, request: Request) -> Response:
        """The released reports, the newest first."""
        return self.paged(listed_reports(self.actor), ReportHeadSerializer)

    @extend_schema(responses=ReportSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """A released report. The reading is logged."""
        return Response(ReportSerializer(open_report(self.actor, UUID(pk)).report).data)


API = [("reports", ReportViewSet, "report")]
