"""What one is writing, under /api/v1/drafts/: the pages keep it by these endpoints, every few seconds."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSetMixin

from caseflow.directory.endpoints import UUID_PATTERN, ScopedViewSet
from caseflow.drafts.models import Draft
from caseflow.drafts.places import WRITERS
from caseflow.drafts.selectors import own_draft, own_drafts
from caseflow.drafts.serializers import DraftSerializer, SeenSerializer, StaleSerializer, WrittenSerializer
from caseflow.drafts.services import DraftDiffers, DraftTooLong, Written, discard_draft, keep_draft

KEY = OpenApiParameter("id", str, OpenApiParameter.PATH, pattern=f"^[a-z]+-{UUID_PATTERN}$")


class DraftViewSet(ScopedViewSet):
    """The own drafts. `id` names the form: "note-", "correction-", "risk-", "task-", "outcome-", "close-", "reopen-"
    or "safety-" and the id of the case, the note or the task."""

    roles = {"*": WRITERS}
    serializer_class = DraftSerializer
    queryset = Draft.objects.none()
    lookup_value_regex = f"[a-z]+-{UUID_PATTERN}"

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, DraftDiffers):
            detail = _("Another device keeps another version of this text. Nothing was overwritten.")
            answer = StaleSerializer({"detail": detail, "current": exc.versions.kept, "aside": exc.aside}).data
            return Response(answer, status=status.HTTP_409_CONFLICT)
        if isinstance(exc, DraftTooLong):
            exc = ValidationError({"written": [_("This is longer than a draft may be.")]})
        return super().handle_exception(exc)

    @extend_schema(responses=DraftSerializer(many=True))
    def list(self, request: Request) -> Response:
        """What one has begun to write and not saved, the newest first."""
        return self.paged(own_drafts(self.actor), DraftSerializer)

    @extend_schema(parameters=[KEY], responses=DraftSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One draft; 404 where nothing is kept."""
        kept = own_draft(self.actor, pk)
        if kept is None:
            raise NotFound
        return Response(DraftSerializer(kept).data)

    @extend_schema(parameters=[KEY], request=WrittenSerializer, responses={200: DraftSerializer, 409: StaleSerializer})
    def update(self, request: Request, pk: str) -> Response:
        """Keep what is written so far. 409 where another version is kept than was seen; this one then lies aside."""
        given = self.given(WrittenSerializer)
        kept = keep_draft(self.actor, Written(pk, given["written"], given["seen"], given["aside"]))
        return Response(DraftSerializer(kept).data)

    @extend_schema(parameters=[KEY, SeenSerializer], responses={204: None, 409: StaleSerializer})
    def destroy(self, request: Request, pk: str) -> Response:
        """Discard a draft. 409 where it was written on since it was seen."""
        discard_draft(self.actor, pk, seen=self.asked(SeenSerializer)["seen"])
        return Response(status=status.HTTP_204_NO_CONTENT)


API: list[tuple[str, type[ViewSetMixin], str]] = [("drafts", DraftViewSet, "draft")]
