from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from caseflow.cases import services
from caseflow.cases.api.refusing import RefusingViewSet
from caseflow.cases.enums import RiskLevel, Visibility
from caseflow.cases.models import Case
from caseflow.cases.serializers import (
    AssessmentSerializer,
    AssignSerializer,
    BreakGlassSerializer,
    CaseSerializer,
    CorrectionSerializer,
    CreatedSerializer,
    GlassSerializer,
    NewTaskSerializer,
    NoteSerializer,
    OpenCaseSerializer,
    RiskSerializer,
)
from caseflow.directory.endpoints import UUID_PATTERN, RefusalSerializer
from caseflow.directory.enums import Role

CREATED = {201: CreatedSerializer, 409: RefusalSerializer}
CHANGED = {200: CaseSerializer, 409: RefusalSerializer}


class CaseChanges(RefusingViewSet):
    """Everything by which a case is changed."""

    queryset = Case.objects.none()
    serializer_class = CaseSerializer

    @extend_schema(request=OpenCaseSerializer, responses={201: CaseSerializer, 409: RefusalSerializer})
    def create(self, request: Request) -> Response:
        """Open a case for a pupil."""
        given = self.given(OpenCaseSerializer)
        case = services.open_case(self.actor, pupil_id=given["pupil"], reason=given["reason"])
        return Response(CaseSerializer(case).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=NoteSerializer, responses=CREATED)
    @action(detail=True, methods=["post"])
    def note(self, request: Request, pk: str) -> Response:
        """Add a note; it cannot be changed afterwards."""
        given = self.given(NoteSerializer)
        given["visibility"] = Visibility(given["visibility"])
        return _created(services.add_note(self.actor, UUID(pk), **given))

    @extend_schema(request=CorrectionSerializer, responses=CREATED)
    @action(detail=True, methods=["post"], url_path=f"note/(?P<entry>{UUID_PATTERN})/correct")
    def correct(self, request: Request, pk: str, entry: str) -> Response:
        """Strike one's own note through by a new one; the old text stays."""
        given = self.given(CorrectionSerializer)
        return _created(services.correct_note(self.actor, UUID(pk), UUID(entry), **given))

    @extend_schema(request=RiskSerializer, responses={201: AssessmentSerializer, 409: RefusalSerializer})
    @action(detail=True, methods=["post"])
    def risk(self, request: Request, pk: str) -> Response:
        """Record an assessment and with it the risk level."""
        given = self.given(RiskSerializer)
        given["level"] = RiskLevel(given["level"])
        assess = services.assess_after if "after" in given else services.set_risk
        assessed = assess(self.actor, UUID(pk), **given)
        return Response(AssessmentSerializer(assessed).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=NewTaskSerializer, responses=CREATED)
    @action(detail=True, methods=["post"])
    def task(self, request: Request, pk: str) -> Response:
        """Give somebody around the case a task; `people` says who that may be."""
        given = self.given(NewTaskSerializer)
        task = services.add_task(
            self.actor, UUID(pk), title=given["title"], membership_id=given["owner"], due_at=given["due_at"]
        )
        return _created(task)

    @extend_schema(request=AssignSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"])
    def assign(self, request: Request, pk: str) -> Response:
        """Give the case to another psychologist, or let a lead psychologist in; `people` says who that may be."""
        given = self.given(AssignSerializer)
        case = services.assign_case(self.actor, UUID(pk), given["user"], role=Role(given["role"]))
        return Response(CaseSerializer(case).data)

    @extend_schema(request=BreakGlassSerializer, responses={201: GlassSerializer, 409: RefusalSerializer})
    @action(detail=False, methods=["post"], url_path="break-glass")
    def break_glass(self, request: Request) -> Response:
        """Open a case without an assignment for 24 hours; the data protection officer is told."""
        given = self.given(BreakGlassSerializer)
        glass = services.break_glass(
            self.actor, school_id=given["school"], number=given["number"], reason=given["reason"]
        )
        return Response(GlassSerializer(glass).data, status=status.HTTP_201_CREATED)


def _created(written: object) -> Response:
    return Response(CreatedSerializer(written).data, status=status.HTTP_201_CREATED)
