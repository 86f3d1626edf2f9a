from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from caseflow.accounts.models import User
from caseflow.directory.endpoints import NUMBER_PATTERN, RefusalSerializer
from caseflow.directory.models import Membership, SchoolClass
from caseflow.schoolyear.api.refusing import OfficeViewSet
from caseflow.schoolyear.selectors.staff import classes_led, person_of, staff_of
from caseflow.schoolyear.serializers import (
    ClassLedSerializer,
    EndedRolesSerializer,
    EndingRolesSerializer,
    HandOverSerializer,
    LeadingSerializer,
    StaffMemberSerializer,
    StaffWithHeldSerializer,
    SubstituteSerializer,
)
from caseflow.schoolyear.services.classes import end_substitute, hand_class_over, name_substitute
from caseflow.schoolyear.services.staff import end_all_roles

REFUSED = {409: RefusalSerializer}


class ClassLedViewSet(OfficeViewSet):
    """Who has which class of the running year."""

    lookup_value_regex = NUMBER_PATTERN
    serializer_class = ClassLedSerializer
    queryset = SchoolClass.objects.none()

    @extend_schema(responses=ClassLedSerializer(many=True))
    def list(self, request: Request) -> Response:
        """By grade and letter."""
        return self.paged(classes_led(self.actor), ClassLedSerializer)

    @extend_schema(request=HandOverSerializer, responses={200: LeadingSerializer, **REFUSED})
    @action(detail=True, methods=["post"], url_path="hand-over")
    def hand_over(self, request: Request, pk: str) -> Response:
        """Give the class to a teacher from a day on."""
        said = self.given(HandOverSerializer)
        right = hand_class_over(self.actor, int(pk), user_id=said["user"], first=said["first"])
        return Response(LeadingSerializer(right).data)

    @extend_schema(request=SubstituteSerializer, responses={200: LeadingSerializer, **REFUSED})
    @action(detail=True, methods=["post"])
    def substitute(self, request: Request, pk: str) -> Response:
        """Let somebody have the class from a day to a day."""
        said = self.given(SubstituteSerializer)
        days = {"first": said["first"], "last": said["last"]}
        return Response(LeadingSerializer(name_substitute(self.actor, int(pk), user_id=said["user"], **days)).data)


class SubstituteViewSet(OfficeViewSet):
    """Substitutions in classes of the own school."""

    lookup_value_regex = NUMBER_PATTERN
    serializer_class = LeadingSerializer
    queryset = Membership.objects.none()

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """End one early, at the next request."""
        end_substitute(self.actor, int(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


class SchoolStaffViewSet(OfficeViewSet):
    """The people of the own school, and what they have in hand when they leave."""

    lookup_value_regex = NUMBER_PATTERN
    serializer_class = StaffMemberSerializer
    queryset = User.objects.none()

    @extend_schema(responses=StaffMemberSerializer(many=True))
    def list(self, request: Request) -> Response:
        """By name."""
        return self.paged(staff_of(self.actor), StaffMemberSerializer)

    @extend_schema(responses=StaffWithHeldSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """What somebody has in hand."""
        return Response(StaffWithHeldSerializer(person_of(self.actor, int(pk))).data)

    @extend_schema(request=EndingRolesSerializer, responses={200: EndedRolesSerializer, **REFUSED})
    @action(detail=True, methods=["post"])
    def leave(self, request: Request, pk: str) -> Response:
        """Hand everything over and end all roles at the school."""
        said = self.given(EndingRolesSerializer)
        done = end_all_roles(self.actor, int(pk), said["last_day"], said["successors"])
        return Response(EndedRolesSerializer({"handed_over": done}).data)
