from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from caseflow.coordination.models import Report
from caseflow.coordination.rules import READERS
from caseflow.coordination.selectors import open_content, scoped_reports
from caseflow.coordination.services import open_report
from caseflow.directory.endpoints import ScopedViewSet


class ReportSerializer(serializers.ModelSerializer[Report]):
    """A released report: published figures of its quarter and of the year before; null is hidden (rule 22)."""

    year = serializers.IntegerField(source="figures.year", read_only=True)
    quarter = serializers.IntegerField(source="figures.quarter", read_only=True)
    figures = serializers.SerializerMethodField()
    before = serializers.SerializerMethodField()
    digest = serializers.CharField(source="figures.digest", read_only=True)

    class Meta:
        model = Report
        fields = ("id", "year", "quarter", "figures", "before", "comment", "digest", "composed_at")
        read_only_fields = fields

    @extend_schema_field(serializers.JSONField())
    def get_figures(self, report: Report) -> dict[str, Any]:
        """Counts of the quarter, and assessments in whole percents."""
        return open_content(report.figures.content)

    @extend_schema_field(serializers.JSONField())
    def get_before(self, report: Report) -> dict[str, Any]:
        """The same of the year before."""
        return open_content(report.before.content)


class ReportViewSet(ScopedViewSet):
    """The released reports of the region."""

    roles = {"*": frozenset(READERS)}
    serializer_class = ReportSerializer
    queryset = Report.objects.none()

    @extend_schema(responses=ReportSerializer(many=True))
    def list(self, request: Request) -> Response:
        """The released reports, the newest first."""
        return self.paged(scoped_reports(self.actor), ReportSerializer)

    @extend_schema(responses=ReportSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """A released report. The reading is logged."""
        return Response(ReportSerializer(open_report(self.actor, UUID(pk)).report).data)


API = [("reports", ReportViewSet, "report")]
