from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from caseflow.cases.api.refusing import RefusingViewSet
from caseflow.cases.models import Case
from caseflow.cases.selectors.lists import cases_of_pupil, list_cases, workload
from caseflow.cases.serializers import (
    ActSerializer,
    AssessedSerializer,
    CaseFilterSerializer,
    CasePageSerializer,
    CaseSerializer,
    ChoiceSerializer,
    PhoneSerializer,
    ShownLinesSerializer,
    WorkloadSerializer,
)
from caseflow.cases.services.reading import (
    list_acts,
    open_case_file,
    open_case_page,
    open_choice,
    reveal_phone,
)
from caseflow.directory.endpoints import UUID_PATTERN


class CaseReadings(RefusingViewSet):
    """Everything that is read of cases; each reading is logged."""

    queryset = Case.objects.none()
    serializer_class = CaseSerializer

    @extend_schema(parameters=[CaseFilterSerializer], responses=CaseSerializer(many=True))
    def list(self, request: Request) -> Response:
        """The cases in reach, the newest first, filtered as on the page."""
        asked = CaseFilterSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        return self.paged(list_cases(self.actor, asked.asked()), CaseSerializer)

    @extend_schema(parameters=[ShownLinesSerializer], responses=CasePageSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One case with tasks, people and a page of its chronology."""
        asked = ShownLinesSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        number = asked.validated_data["page"]
        page = open_case_page(self.actor, UUID(pk), asked=asked.narrowed(), number=number)
        return Response(CasePageSerializer(page, context={"sees_cases": True}).data)

    @extend_schema(responses=AssessedSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None)
    def assessments(self, request: Request, pk: str) -> Response:
        """All assessments of the case with what they were based on, the newest first."""
        file = open_case_file(self.actor, UUID(pk), part="assessments")
        return self.whole(file.assessments, AssessedSerializer)

    @extend_schema(responses=ActSerializer(many=True))
    @action(detail=True, methods=["get"])
    def openings(self, request: Request, pk: str) -> Response:
        """Who opened the case and what they did in it, the newest first."""
        return self.paged(list_acts(self.actor, UUID(pk)), ActSerializer)

    @extend_schema(responses=ChoiceSerializer)
    @action(detail=True, methods=["get"])
    def people(self, request: Request, pk: str) -> Response:
        """Who may be given a task of the case, and to whom the case itself may be given."""
        choice = open_choice(self.actor, UUID(pk))
        return Response(ChoiceSerializer(choice, context={"away": choice.away}).data)

    @extend_schema(request=None, responses=PhoneSerializer)
    @action(detail=True, methods=["post"], url_path=f"phone/(?P<guardian>{UUID_PATTERN})")
    def phone(self, request: Request, pk: str, guardian: str) -> Response:
        """The telephone number of somebody who stands for the pupil; asking for it is logged."""
        return Response(PhoneSerializer({"phone": reveal_phone(self.actor, UUID(pk), UUID(guardian))}).data)

    @extend_schema(responses=CaseSerializer(many=True))
    @action(detail=False, methods=["get"], url_path=f"of-pupil/(?P<pupil>{UUID_PATTERN})", pagination_class=None)
    def of_pupil(self, request: Request, pupil: str) -> Response:
        """The cases of one pupil, an open one first."""
        return self.whole(cases_of_pupil(self.actor, UUID(pupil)), CaseSerializer)

    @extend_schema(responses=WorkloadSerializer(many=True))
    @action(detail=False, methods=["get"], pagination_class=None)
    def workload(self, request: Request) -> Response:
        """How much waits in each school: counts alone."""
        return self.whole(workload(self.actor), WorkloadSerializer)
