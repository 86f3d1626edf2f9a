"""The people around a pupil under /api/v1/, by the id of the case: the same services as the pages."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSetMixin

from caseflow.cases.api.refusing import RefusingViewSet
from caseflow.directory.endpoints import UUID_PATTERN, RefusalSerializer
from caseflow.relations.models import PersonAround
from caseflow.relations.rules import WORKERS
from caseflow.relations.serializers import AroundSerializer, EndPersonAroundSerializer, NewPersonAroundSerializer
from caseflow.relations.services import end_person, record_person
from caseflow.relations.services.reading import list_people

RECORDED = {201: AroundSerializer, 409: RefusalSerializer}
CHANGED = {200: AroundSerializer, 409: RefusalSerializer}


class PeopleAroundViewSet(RefusingViewSet):
    """Family, friends, helpers, and pupils of the same incidents. Never a ranking."""

    roles = {"*": WORKERS}
    queryset = PersonAround.objects.none()
    serializer_class = AroundSerializer

    @extend_schema(responses=AroundSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Everybody around the pupil of a case. The reading is logged."""
        return self._around(pk)

    @extend_schema(request=NewPersonAroundSerializer, responses=RECORDED)
    @action(detail=True, methods=["post"])
    def people(self, request: Request, pk: str) -> Response:
        """Record somebody around the pupil."""
        sent = NewPersonAroundSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        record_person(self.actor, UUID(pk), sent.told())
        return self._around(pk, status.HTTP_201_CREATED)

    @extend_schema(request=EndPersonAroundSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"], url_path=f"people/(?P<person>{UUID_PATTERN})/end")
    def end(self, request: Request, pk: str, person: str) -> Response:
        """Say that somebody is no longer around the pupil."""
        reason = self.given(EndPersonAroundSerializer)["reason"]
        end_person(self.actor, UUID(pk), UUID(person), reason=reason)
        return self._around(pk)

    def _around(self, pk: str, code: int = status.HTTP_200_OK) -> Response:
        _case, found = list_people(self.actor, UUID(pk))
        return Response(AroundSerializer(found).data, status=code)


API: list[tuple[str, type[ViewSetMixin], str]] = [("people-around", PeopleAroundViewSet, "people-around")]
