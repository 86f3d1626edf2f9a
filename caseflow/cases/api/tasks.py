from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from caseflow.cases import services
from caseflow.cases.api.refusing import RefusingViewSet
from caseflow.cases.models import Task
from caseflow.cases.rules import CASE_ROLES, OWNER_ROLES
from caseflow.cases.serializers import OutcomeSerializer, TaskSerializer
from caseflow.cases.services.reading import open_own_tasks, open_task
from caseflow.directory.endpoints import RefusalSerializer


class TaskViewSet(RefusingViewSet):
    """Tasks that come from cases. A class teacher or a social pedagogue learns nothing else of the case."""

    queryset = Task.objects.none()
    serializer_class = TaskSerializer
    roles = {"*": OWNER_ROLES}

    @extend_schema(responses=TaskSerializer(many=True))
    def list(self, request: Request) -> Response:
        """The actor's own tasks, unfinished ones first. The reading is logged."""
        page = self.paginate_queryset(open_own_tasks(self.actor)) or []
        return self.get_paginated_response([TaskSerializer(row, context=self._context()).data for row in page])

    @extend_schema(responses=TaskSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One task. The reading is logged."""
        return Response(TaskSerializer(open_task(self.actor, UUID(pk)), context=self._context()).data)

    @extend_schema(request=OutcomeSerializer, responses={200: TaskSerializer, 409: RefusalSerializer})
    @action(detail=True, methods=["post"])
    def complete(self, request: Request, pk: str) -> Response:
        """Complete the task with its outcome; 409 where somebody completed it otherwise. `after` adds beside that."""
        services.finish_task(self.actor, UUID(pk), **self.given(OutcomeSerializer))
        return self.retrieve(request, pk)

    def _context(self) -> dict[str, bool]:
        return {"sees_cases": self.actor.role in CASE_ROLES}
