"""Files of cases under /api/v1/: the same services as the pages."""

from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSetMixin

from caseflow.attachments.answers import SHUT, as_download
from caseflow.attachments.models import Attachment
from caseflow.attachments.rules import WORKERS
from caseflow.attachments.serializers import (
    AttachmentSerializer,
    CaseFilesSerializer,
    NewAttachmentSerializer,
    RemoveAttachmentSerializer,
)
from caseflow.attachments.services import Sent, attach, remove_attachment
from caseflow.attachments.services.reading import case_of_file, download, list_files, open_file, open_page
from caseflow.cases.api.refusing import RefusingViewSet
from caseflow.directory.endpoints import RefusalSerializer

KEPT = {201: AttachmentSerializer, 409: RefusalSerializer}
FILE = {(200, "application/octet-stream"): OpenApiTypes.BINARY}
PICTURE = {(200, "image/webp"): OpenApiTypes.BINARY}
PAGE_NUMBER = "[0-9]{1,3}"


class CaseFileViewSet(RefusingViewSet):
    """The files of a case, by the case's id."""

    roles = {"*": WORKERS}
    queryset = Attachment.objects.none()
    serializer_class = CaseFilesSerializer

    @extend_schema(responses=CaseFilesSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """The files of a case, the newest first. The reading is logged."""
        _case, files = list_files(self.actor, UUID(pk))
        return Response(CaseFilesSerializer(files).data)

    @extend_schema(request={"multipart/form-data": NewAttachmentSerializer}, responses=KEPT)
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def files(self, request: Request, pk: str) -> Response:
        """Attach a file of 50 MB at most. What it is, is decided by its content; what is refused is said in words."""
        given = self.given(NewAttachmentSerializer)
        sent = Sent.from_upload(given["file"])
        found = attach(self.actor, UUID(pk), sent, visibility=given["visibility"], entry_id=given["entry"])
        row = open_file(self.actor, found.pk).row
        return Response(AttachmentSerializer(row).data, status=status.HTTP_201_CREATED)


class AttachmentViewSet(RefusingViewSet):
    """One file."""

    roles = {"*": WORKERS}
    queryset = Attachment.objects.none()
    serializer_class = AttachmentSerializer

    @extend_schema(responses=AttachmentSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """What is known of a file. The reading is logged."""
        return Response(AttachmentSerializer(open_file(self.actor, UUID(pk)).row).data)

    @extend_schema(responses=FILE)
    @action(detail=True, methods=["get"])
    def download(self, request: Request, pk: str) -> HttpResponse:
        """The file itself. The reading is logged."""
        return as_download(*download(self.actor, UUID(pk)))

    @extend_schema(responses=PICTURE)
    @action(detail=True, methods=["get"], url_path=f"pages/(?P<number>{PAGE_NUMBER})")
    def page(self, request: Request, pk: str, number: str) -> HttpResponse:
        """The picture of a page, counted from 1. The reading is logged."""
        return HttpResponse(open_page(self.actor, UUID(pk), int(number)), content_type="image/webp", headers=SHUT)

    @extend_schema(request=RemoveAttachmentSerializer, responses={204: None, 409: RefusalSerializer})
    @action(detail=True, methods=["post"], parser_classes=[JSONParser])
    def remove(self, request: Request, pk: str) -> Response:
        """Remove the file; that it was there, and why it went, stays."""
        given = self.given(RemoveAttachmentSerializer)
        remove_attachment(self.actor, case_of_file(self.actor, UUID(pk)), UUID(pk), reason=given["reason"])
        return Response(status=status.HTTP_204_NO_CONTENT)


API: list[tuple[str, type[ViewSetMixin], str]] = [
    ("case-files", CaseFileViewSet, "case-file"),
    ("attachments", AttachmentViewSet, "attachment"),
]
