from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from analytics.api.refusing import RefusingViewSet
from analytics.selectors.cameras import camera_list, camera_row, rows_of
from analytics.serializers.cameras import CameraHealthSerializer
from caseflow.directory.endpoints import NUMBER_PATTERN
from caseflow.directory.enums import Role
from caseflow.directory.models import Camera

READERS = (Role.SCHOOL_ADMIN, Role.PSYCHOLOGIST, Role.SYSTEM_ADMIN)
CAMERA = OpenApiParameter("id", OpenApiTypes.INT, OpenApiParameter.PATH)


class CameraHealthViewSet(RefusingViewSet):
    """How the cameras of one's own schools are; a blind or frozen one says nothing, and never that it is calm."""

    roles = {"*": frozenset(READERS)}
    lookup_value_regex = NUMBER_PATTERN
    queryset = Camera.objects.none()
    serializer_class = CameraHealthSerializer

    @extend_schema(responses=CameraHealthSerializer(many=True))
    def list(self, request: Request) -> Response:
        """All of them, room by room."""
        page = self.paginate_queryset(camera_list(self.actor))
        return self.get_paginated_response(CameraHealthSerializer(rows_of(page or ()), many=True).data)

    @extend_schema(parameters=[CAMERA], responses=CameraHealthSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One of them."""
        return Response(CameraHealthSerializer(camera_row(self.actor, int(pk))).data)
