from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from caseflow.directory.actors import Actor
from caseflow.directory.api.places import ListedViewSet
from caseflow.directory.endpoints import NUMBER_PATTERN, ConflictError, RefusalSerializer, SearchSerializer
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership, Pupil, SchoolClass
from caseflow.directory.selectors import classes_with_counts, find_members, roll_of
from caseflow.directory.selectors.finding import find_pupils
from caseflow.directory.serializers import (
    MemberSerializer,
    PupilCardSerializer,
    PupilSerializer,
    RollSerializer,
    SchoolClassSerializer,
)
from caseflow.directory.services.members import OwnRoleError, end_role
from caseflow.directory.services.reading import open_pupil


class SchoolClassViewSet(ListedViewSet):
    """The classes of the running school year."""

    roles = {"*": frozenset({Role.PSYCHOLOGIST, Role.SCHOOL_ADMIN}), "retrieve": frozenset({Role.SCHOOL_ADMIN})}
    lookup_value_regex = NUMBER_PATTERN
    serializer_class = SchoolClassSerializer
    queryset = SchoolClass.objects.none()

    def rows(self, actor: Actor) -> Any:
        return classes_with_counts(actor)

    @extend_schema(responses=RollSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One class with its pupils and its weekly lessons."""
        return Response(RollSerializer(roll_of(self.actor, int(pk))).data)


@extend_schema_view(
    list=extend_schema(parameters=[OpenApiParameter("q", str, description="Beginnings of names, or a class")])
)
class PupilViewSet(ListedViewSet):
    """The pupils of one's own school. Reading one is logged."""

    roles = {"*": frozenset({Role.PSYCHOLOGIST})}
    serializer_class = PupilSerializer
    queryset = Pupil.objects.none()

    def rows(self, actor: Actor) -> Any:
        return find_pupils(actor, self.request.query_params.get("q", ""))

    @extend_schema(responses=PupilCardSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One pupil and who stands for the pupil today."""
        card = open_pupil(self.actor, UUID(pk))
        return Response(PupilCardSerializer(card.pupil, context={"guardians": card.guardians}).data)


class MemberViewSet(ListedViewSet):
    """The people of the installation and their roles, in force or to come."""

    roles = {"*": frozenset({Role.SYSTEM_ADMIN})}
    lookup_value_regex = NUMBER_PATTERN
    serializer_class = MemberSerializer
    queryset = Membership.objects.none()

    @extend_schema(parameters=[SearchSerializer], responses=MemberSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Found by login or the beginning of a name."""
        return self.paged(find_members(self.asked(SearchSerializer)["q"].strip()), MemberSerializer)

    @extend_schema(request=None, responses={204: None, 409: RefusalSerializer})
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        """End a role at once; never the one acted in."""
        try:
            end_role(self.actor, int(pk))
        except OwnRoleError as refused:
            raise ConflictError(str(refused)) from refused
        return Response(status=204)
