from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from analytics.api.refusing import RefusingViewSet
from analytics.models import AnalysisRun, Upload
from analytics.selectors.runs import lesson_offer, own_uploads, report_for, scoped_runs
from analytics.serializers.runs import (
    AskedDaySerializer,
    NewRunSerializer,
    OfferSerializer,
    RunReportSerializer,
    RunSerializer,
    VideoSerializer,
)
from analytics.services.ending import cancel_run
from analytics.services.requesting import request_run
from analytics.services.uploads import check_upload, remove_upload
from caseflow.directory.endpoints import RefusalSerializer
from caseflow.directory.enums import Role

UPLOADERS = frozenset({Role.PSYCHOLOGIST})


class RunViewSet(RefusingViewSet):
    """Analyses of lesson videos in the actor's schools."""

    roles = {
        "*": frozenset({Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST}),
        "create": UPLOADERS,
        "cancel": UPLOADERS,
    }
    queryset = AnalysisRun.objects.none()
    serializer_class = RunSerializer

    @extend_schema(responses=RunSerializer(many=True))
    def list(self, request: Request) -> Response:
        """The analyses, newest first."""
        return self.paged(scoped_runs(self.actor), RunSerializer)

    @extend_schema(responses=RunReportSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One analysis with its open seats; the gate is asked anew."""
        return Response(RunReportSerializer(report_for(self.actor, UUID(pk))).data)

    @extend_schema(request=NewRunSerializer, responses={201: RunSerializer, 409: RefusalSerializer})
    def create(self, request: Request) -> Response:
        """Queue the analysis of one's own checked video; a refusal leaves the video where it is."""
        asked = NewRunSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        run = request_run(self.actor, asked.validated_data["video"], asked.choice())
        return Response(RunSerializer(run).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=RunSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        """Stop the analysis; nothing happens to one that has ended."""
        return Response(RunSerializer(cancel_run(self.actor, UUID(pk))).data)


class VideoViewSet(RefusingViewSet):
    """One's own lesson videos on the server. They arrive by the upload of the page."""

    roles = {"*": UPLOADERS}
    queryset = Upload.objects.none()
    serializer_class = VideoSerializer

    @extend_schema(responses=VideoSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Those that are on their way or wait for their lesson."""
        return self.paged(own_uploads(self.actor), VideoSerializer)

    @extend_schema(request=None, responses={200: VideoSerializer, 409: RefusalSerializer})
    @action(detail=True, methods=["post"])
    def check(self, request: Request, pk: str) -> Response:
        """Look into a video that is all there; one that cannot be analysed is removed."""
        return Response(VideoSerializer(check_upload(self.actor, UUID(pk))).data)

    @extend_schema(parameters=[AskedDaySerializer], responses=OfferSerializer)
    @action(detail=True, methods=["get"])
    def lessons(self, request: Request, pk: str) -> Response:
        """The lessons it may show, on the day of its recording unless another is asked for."""
        return Response(
            OfferSerializer(lesson_offer(self.actor, UUID(pk), self.asked(AskedDaySerializer)["date"])).data
        )

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Give a video up before it was used."""
        remove_upload(self.actor, UUID(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)
