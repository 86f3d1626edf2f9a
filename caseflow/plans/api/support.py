from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from caseflow.cases.api.refusing import RefusingViewSet
from caseflow.directory.endpoints import UUID_PATTERN, RefusalSerializer
from caseflow.plans import services
from caseflow.plans.enums import GoalState
from caseflow.plans.models import Goal
from caseflow.plans.rules import CASE_WORKERS, SUPPORTERS
from caseflow.plans.serializers import (
    EndSupportGoalSerializer,
    NewSupportGoalSerializer,
    NewSupportMeasureSerializer,
    SupportPlanLineSerializer,
    SupportPlanSerializer,
)
from caseflow.plans.services.reading import open_support, open_support_plans

CREATED = {201: SupportPlanSerializer, 409: RefusalSerializer}
CHANGED = {200: SupportPlanSerializer, 409: RefusalSerializer}
OF_GOAL = f"goals/(?P<goal>{UUID_PATTERN})"


class SupportPlanViewSet(RefusingViewSet):
    """The goals of a case with their measures, by the case's id."""

    roles = {
        "*": CASE_WORKERS,
        "list": SUPPORTERS,
        "retrieve": SUPPORTERS,
    }
    queryset = Goal.objects.none()
    serializer_class = SupportPlanSerializer

    @extend_schema(responses=SupportPlanLineSerializer(many=True))
    def list(self, request: Request) -> Response:
        """The support plans in reach, by the pupil's name. The reading is logged."""
        return self.paged(open_support_plans(self.actor), SupportPlanLineSerializer)

    @extend_schema(responses=SupportPlanSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """The goals and measures of one case. The reading is logged."""
        return self._plan(pk)

    @extend_schema(request=NewSupportGoalSerializer, responses=CREATED)
    @action(detail=True, methods=["post"])
    def goals(self, request: Request, pk: str) -> Response:
        """Set a goal."""
        services.set_goal(self.actor, UUID(pk), **self.given(NewSupportGoalSerializer))
        return self._plan(pk, status.HTTP_201_CREATED)

    @extend_schema(request=NewSupportMeasureSerializer, responses=CREATED)
    @action(detail=True, methods=["post"], url_path=f"{OF_GOAL}/measures")
    def measures(self, request: Request, pk: str, goal: str) -> Response:
        """Give somebody a task that serves a goal."""
        given = self.given(NewSupportMeasureSerializer)
        services.add_measure(
            self.actor,
            UUID(pk),
            UUID(goal),
            title=given["title"],
            expected=given["expected"],
            membership_id=given["owner"],
            due_at=given["due_at"],
        )
        return self._plan(pk, status.HTTP_201_CREATED)

    @extend_schema(request=EndSupportGoalSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"], url_path=f"{OF_GOAL}/end")
    def end(self, request: Request, pk: str, goal: str) -> Response:
        """Say that a goal is reached or given up."""
        given = self.given(EndSupportGoalSerializer)
        services.end_goal(self.actor, UUID(pk), UUID(goal), state=GoalState(given["state"]), reason=given["reason"])
        return self._plan(pk)

    def _plan(self, pk: str, code: int = status.HTTP_200_OK) -> Response:
        return Response(SupportPlanSerializer(open_support(self.actor, UUID(pk))).data, status=code)
