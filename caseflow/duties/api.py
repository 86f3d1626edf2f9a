"""What agencies owe under /api/v1/: exact, by number, for the prosecutor and the head of the agency."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from caseflow.clocks.models import Clock
from caseflow.directory.endpoints import ScopedViewSet
from caseflow.directory.enums import AgencyKind
from caseflow.duties.enums import DutyKind, Overdue
from caseflow.duties.rules.bodies import READERS, NoBodyError
from caseflow.duties.services import open_body, open_desk


class BodySerializer(serializers.Serializer[Any]):
    """A body, and how many of its duties are overdue."""

    code = serializers.CharField(source="body.code", read_only=True)
    kind = serializers.ChoiceField(source="body.kind", choices=AgencyKind.choices, read_only=True)
    agencies = serializers.ListField(child=serializers.CharField(), read_only=True)
    place = serializers.CharField(read_only=True)
    overdue = serializers.DictField(
        source="sums", child=serializers.IntegerField(), read_only=True, help_text="by kind of duty"
    )


class DutySerializer(serializers.Serializer[Any]):
    """One overdue duty. Its number says nothing; the agency knows it too."""

    kind = serializers.ChoiceField(choices=DutyKind.choices, read_only=True)
    number = serializers.CharField(read_only=True)
    overdue = serializers.ChoiceField(choices=Overdue.choices, read_only=True)
    decision = serializers.UUIDField(read_only=True, allow_null=True, help_text="of the council")


class BodyFileSerializer(BodySerializer):
    """A body with each of its overdue duties."""

    duties = DutySerializer(many=True, read_only=True)


class DutyViewSet(ScopedViewSet):
    """Overdue duties of agencies."""

    roles = {"*": frozenset(READERS)}
    serializer_class = BodySerializer
    queryset = Clock.objects.none()
    pagination_class = None
    lookup_field = "code"
    lookup_value_regex = "[a-z]+-[0-9]+"

    @extend_schema(responses=BodySerializer(many=True))
    def list(self, request: Request) -> Response:
        """Every body within reach, whoever owes most first. The look is logged."""
        try:
            found = open_desk(self.actor)
        except NoBodyError as error:
            raise Http404 from error
        return Response(BodySerializer((*found.rows, *found.silent), many=True).data)

    @extend_schema(parameters=[OpenApiParameter("code", str, "path")], responses=BodyFileSerializer)
    def retrieve(self, request: Request, code: str) -> Response:
        """One body with each of its duties. The look is logged."""
        try:
            file = open_body(self.actor, code)
        except NoBodyError as error:
            raise Http404 from error
        return Response({**BodySerializer(file.row).data, "duties": DutySerializer(file.duties, many=True).data})


API = [("duties", DutyViewSet, "duty")]
