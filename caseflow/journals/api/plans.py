from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from caseflow.directory.endpoints import RefusalSerializer
from caseflow.directory.enums import Role
from caseflow.journals import services
from caseflow.journals.api.refusing import KeepingViewSet
from caseflow.journals.enums import PlanItemState
from caseflow.journals.models import PlanItem, SignedReport, YearPlan
from caseflow.journals.rules.access import PLAN_READERS
from caseflow.journals.selectors.plans import item_of
from caseflow.journals.serializers import (
    AnnualReportSerializer,
    AskedYearSerializer,
    EndPlanItemSerializer,
    NewPlanItemSerializer,
    PlanItemSerializer,
    PlanRemarkSerializer,
    ReportWordsSerializer,
    YearPlanSerializer,
    YearSerializer,
)
from caseflow.journals.services.reading import open_plan, open_report

PSYCHOLOGIST, PRINCIPAL = frozenset({Role.PSYCHOLOGIST}), frozenset({Role.PRINCIPAL})
READERS = frozenset(PLAN_READERS)
PLAN = {200: YearPlanSerializer, 409: RefusalSerializer}


class YearPlanViewSet(KeepingViewSet):
    """The plan of work of the school's service for a year."""

    roles = {"*": PSYCHOLOGIST, "current": READERS, "approve": PRINCIPAL, "send_back": PRINCIPAL}
    serializer_class = YearPlanSerializer
    queryset = YearPlan.objects.none()

    @extend_schema(parameters=[AskedYearSerializer], responses=YearPlanSerializer)
    @action(detail=False, methods=["get"])
    def current(self, request: Request) -> Response:
        """The plan of a year with its items; 404 while nothing is planned."""
        return self._shown(self.asked(AskedYearSerializer).get("year"))

    @extend_schema(request=YearSerializer, responses=PLAN)
    @action(detail=False, methods=["post"])
    def copy(self, request: Request) -> Response:
        """Take over the items of the plan before."""
        year = self._year()
        services.copy_plan(self.actor, year)
        return self._shown(year)

    @extend_schema(request=YearSerializer, responses=PLAN)
    @action(detail=False, methods=["post"])
    def send(self, request: Request) -> Response:
        """Give it to the principal."""
        year = self._year()
        services.send_plan(self.actor, year)
        return self._shown(year)

    @extend_schema(request=YearSerializer, responses=PLAN)
    @action(detail=False, methods=["post"])
    def reopen(self, request: Request) -> Response:
        """Open one that was sent or approved for changes."""
        year = self._year()
        services.open_plan_for_changes(self.actor, year)
        return self._shown(year)

    @extend_schema(request=YearSerializer, responses=PLAN)
    @action(detail=False, methods=["post"])
    def approve(self, request: Request) -> Response:
        """Approve it, as the principal."""
        year = self._year()
        services.approve_plan(self.actor, year)
        return self._shown(year)

    @extend_schema(request=PlanRemarkSerializer, responses=PLAN)
    @action(detail=False, methods=["post"], url_path="send-back")
    def send_back(self, request: Request) -> Response:
        """Give it back, as the principal, with what is to be changed."""
        given = self.given(PlanRemarkSerializer)
        services.return_plan(self.actor, given["year"], remark=given["remark"])
        return self._shown(given["year"])

    def _year(self) -> int:
        return int(self.given(YearSerializer)["year"])

    def _shown(self, year: int | None) -> Response:
        plan = open_plan(self.actor, year).plan
        if plan is None:
            raise YearPlan.DoesNotExist
        prefetch_related_objects([plan], "items__owner")
        return Response(YearPlanSerializer(plan).data)


class PlanItemViewSet(KeepingViewSet):
    """The items of the plan."""

    roles = {"*": PSYCHOLOGIST}
    serializer_class = PlanItemSerializer
    queryset = PlanItem.objects.none()

    @extend_schema(responses=PlanItemSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One item."""
        return self._shown(item_of(self.actor, UUID(pk)))

    @extend_schema(request=NewPlanItemSerializer, responses={201: PlanItemSerializer, 409: RefusalSerializer})
    def create(self, request: Request) -> Response:
        """Plan a piece of work."""
        sent = self._sent(NewPlanItemSerializer)
        made = services.write_item(self.actor, sent.validated_data["year"], sent.item())
        return self._shown(made, status.HTTP_201_CREATED)

    @extend_schema(request=NewPlanItemSerializer, responses={200: PlanItemSerializer, 409: RefusalSerializer})
    def update(self, request: Request, pk: str) -> Response:
        """Plan it differently."""
        sent = self._sent(NewPlanItemSerializer)
        year = item_of(self.actor, UUID(pk)).plan.year_id
        return self._shown(services.write_item(self.actor, year, sent.item(), item_id=UUID(pk)))

    @extend_schema(request=None, responses={204: None, 409: RefusalSerializer})
    def destroy(self, request: Request, pk: str) -> Response:
        """Take it out of the plan."""
        services.remove_item(self.actor, UUID(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=EndPlanItemSerializer, responses={200: PlanItemSerializer, 409: RefusalSerializer})
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        """Say what became of it."""
        given = self.given(EndPlanItemSerializer)
        state = PlanItemState(given.pop("state"))
        return self._shown(services.end_item(self.actor, UUID(pk), state, **given))

    def _sent(self, shape: type[NewPlanItemSerializer]) -> NewPlanItemSerializer:
        sent = shape(data=self.request.data)
        sent.is_valid(raise_exception=True)
        return sent

    def _shown(self, item: PlanItem, code: int = status.HTTP_200_OK) -> Response:
        return Response(PlanItemSerializer(item).data, status=code)


class AnnualReportViewSet(KeepingViewSet):
    """The annual report of the school's service."""

    roles = {"*": PSYCHOLOGIST, "current": READERS}
    serializer_class = AnnualReportSerializer
    queryset = SignedReport.objects.none()

    @extend_schema(parameters=[AskedYearSerializer], responses=AnnualReportSerializer)
    @action(detail=False, methods=["get"])
    def current(self, request: Request) -> Response:
        """The report of a year, as signed or as it stands."""
        return self._shown(self.asked(AskedYearSerializer).get("year"))

    @extend_schema(request=ReportWordsSerializer, responses={200: AnnualReportSerializer, 409: RefusalSerializer})
    @action(detail=False, methods=["post"])
    def words(self, request: Request) -> Response:
        """Keep own words."""
        given: dict[str, Any] = self.given(ReportWordsSerializer)
        year = given.pop("year")
        services.write_report(self.actor, year, given)
        return self._shown(year)

    @extend_schema(request=YearSerializer, responses={201: AnnualReportSerializer, 409: RefusalSerializer})
    @action(detail=False, methods=["post"])
    def sign(self, request: Request) -> Response:
        """Freeze it."""
        year = int(self.given(YearSerializer)["year"])
        services.sign_report(self.actor, year)
        return self._shown(year, status.HTTP_201_CREATED)

    def _shown(self, year: int | None, code: int = status.HTTP_200_OK) -> Response:
        return Response(AnnualReportSerializer(open_report(self.actor, year)).data, status=code)
