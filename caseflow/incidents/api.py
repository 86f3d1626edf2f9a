"""Reports under /api/v1/: the same services, scopes and log entries as the pages."""

from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSetMixin

from caseflow.directory.endpoints import (
    UUID_PATTERN,
    ConflictError,
    RefusalSerializer,
    ScopedViewSet,
    SearchSerializer,
)
from caseflow.directory.enums import Role
from caseflow.incidents.finding_api import FindingActions
from caseflow.incidents.models import Incident
from caseflow.incidents.rules import DECIDERS, POLICE_INFORMERS, READERS, REPORTERS
from caseflow.incidents.selectors import listed, own_reports
from caseflow.incidents.selectors.legal import waiting_for_agency
from caseflow.incidents.selectors.merging import deciding_scope, mergeable
from caseflow.incidents.selectors.scope import incident_of_item
from caseflow.incidents.serializers import (
    AddressedSerializer,
    DetailSerializer,
    DoneSerializer,
    EstablishedSerializer,
    FilterSerializer,
    FoundPupilSerializer,
    IncidentSerializer,
    ItsIncidentSerializer,
    LegalSerializer,
    LegalViewSerializer,
    MergeSerializer,
    OwnReceiptSerializer,
    OwnReportSerializer,
    PartySerializer,
    PoliceSerializer,
    ReceiptSerializer,
    SplitSerializer,
    ToldSerializer,
    ToReporterSerializer,
)
from caseflow.incidents.services import (
    AlreadyAssessedError,
    AlreadyInformedError,
    BadReportError,
    establish,
    find_pupils,
    give_legal_assessment,
    inform_police,
    merge_reports,
    open_addressed,
    open_incident,
    report_incident,
    split_report,
)
from caseflow.incidents.services.anonymous import answer_reporter
from caseflow.incidents.services.reading import own_rows, receipt_of
from caseflow.triage.services import ClaimedError


class ReportViewSet(ScopedViewSet):
    """What cannot be taken as it was said is 400 with the reason."""

    queryset = Incident.objects.none()

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, BadReportError):
            return super().handle_exception(ValidationError(str(exc)))
        return super().handle_exception(exc)


class IncidentViewSet(FindingActions, ReportViewSet):
    """Reports of incidents in the actor's reach."""

    serializer_class = IncidentSerializer
    roles = {
        "*": frozenset(READERS),
        "create": frozenset(REPORTERS),
        "pupils": frozenset(REPORTERS),
        "of_item": frozenset(DECIDERS),
        "police": frozenset(POLICE_INFORMERS),
        "established": frozenset(DECIDERS),
        "mergeable": frozenset(DECIDERS),
        "merge": frozenset(DECIDERS),
        "split": frozenset(DECIDERS),
        "answer": frozenset(DECIDERS),
        "bullying": frozenset(DECIDERS),
        "take_back_bullying": frozenset(DECIDERS),
        "answers": frozenset(DECIDERS),
        "parents_told": frozenset(DECIDERS),
        "council": frozenset(DECIDERS),
    }

    @extend_schema(parameters=[FilterSerializer], responses=IncidentSerializer(many=True))
    def list(self, request: Request) -> Response:
        """The reports in reach, the newest first."""
        return self.paged(listed(self.actor, **self.asked(FilterSerializer)), IncidentSerializer)

    @extend_schema(responses=DetailSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One report. The reading is logged."""
        return Response(DetailSerializer(open_incident(self.actor, UUID(pk))).data)

    @extend_schema(request=ToldSerializer, responses={201: ReceiptSerializer})
    def create(self, request: Request) -> Response:
        """Send a report. The answer says its number and by when it is read."""
        told = ToldSerializer(data=request.data)
        told.is_valid(raise_exception=True)
        incident = report_incident(self.actor, **told.told())
        return Response(ReceiptSerializer(incident).data, status=status.HTTP_201_CREATED)

    @extend_schema(parameters=[SearchSerializer], responses=FoundPupilSerializer(many=True))
    @action(detail=False, methods=["get"], pagination_class=None)
    def pupils(self, request: Request) -> Response:
        """Pupils of the own school to name in a report: at most 8, from three letters."""
        found = find_pupils(self.actor, self.asked(SearchSerializer)["q"])
        return self.whole(found, FoundPupilSerializer)

    @extend_schema(responses=ItsIncidentSerializer)
    @action(detail=False, methods=["get"], url_path=f"of-item/(?P<item>{UUID_PATTERN})")
    def of_item(self, request: Request, item: str) -> Response:
        """The report behind an item of the queue."""
        return Response(ItsIncidentSerializer({"incident": incident_of_item(self.actor, UUID(item)).pk}).data)

    @extend_schema(request=PoliceSerializer, responses={200: IncidentSerializer, 409: RefusalSerializer})
    @action(detail=True, methods=["post"])
    def police(self, request: Request, pk: str) -> Response:
        """Record when the police were informed; the first to say so counts."""
        try:
            incident = inform_police(self.actor, UUID(pk), self.given(PoliceSerializer)["at"])
        except AlreadyInformedError as first:
            raise ConflictError(str(first)) from first
        return Response(IncidentSerializer(incident).data)

    @extend_schema(request=EstablishedSerializer, responses=PartySerializer)
    @action(detail=True, methods=["post"])
    def established(self, request: Request, pk: str) -> Response:
        """Record whether what a pupil is said to have done was found true."""
        said = self.given(EstablishedSerializer)
        party = establish(self.actor, UUID(pk), said["party"], established=said["established"])
        return Response(PartySerializer(party).data)

    @extend_schema(responses=IncidentSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None)
    def mergeable(self, request: Request, pk: str) -> Response:
        """The reports of the same school that this one can be merged into, the nearest in time first."""
        incident = deciding_scope(self.actor).get(pk=UUID(pk))
        return self.whole(mergeable(self.actor, incident), IncidentSerializer)

    @extend_schema(request=MergeSerializer, responses={200: IncidentSerializer, 409: RefusalSerializer})
    @action(detail=True, methods=["post"])
    def merge(self, request: Request, pk: str) -> Response:
        """Merge the report into another that tells of the same event; the answer is the one that goes on."""
        said = self.given(MergeSerializer)
        try:
            into = merge_reports(self.actor, UUID(pk), said["into"], roles=said.get("roles"))
        except ClaimedError as claimed:
            raise ConflictError(_("Somebody is deciding this now")) from claimed
        return Response(IncidentSerializer(into).data)

    @extend_schema(request=SplitSerializer, responses=IncidentSerializer)
    @action(detail=True, methods=["post"])
    def split(self, request: Request, pk: str) -> Response:
        """Take a merged report out again."""
        incident = split_report(self.actor, UUID(pk), **self.given(SplitSerializer))
        return Response(IncidentSerializer(incident).data)

    @extend_schema(request=ToReporterSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: str) -> Response:
        """Answer a reporter without a name; the report shows what was written."""
        answer_reporter(self.actor, UUID(pk), self.given(ToReporterSerializer)["text"])
        return Response(status=status.HTTP_204_NO_CONTENT)


class OwnReportViewSet(ReportViewSet):
    """What the actor has reported; nothing of any case."""

    serializer_class = OwnReportSerializer
    roles = {"*": frozenset(REPORTERS)}

    @extend_schema(responses=OwnReportSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Received, being handled or closed; the newest first."""
        page = self.paginate_queryset(own_reports(self.actor)) or []
        return self.get_paginated_response([OwnReportSerializer(row).data for row in own_rows(page)])

    @extend_schema(responses=OwnReceiptSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Who reads the report and by when."""
        return Response(OwnReceiptSerializer(receipt_of(self.actor, UUID(pk))).data)


class LegalRequestViewSet(ReportViewSet):
    """Reports addressed to the own agency for their legal assessment."""

    serializer_class = AddressedSerializer
    roles = {"*": frozenset({Role.AGENCY_OFFICER})}

    @extend_schema(parameters=[DoneSerializer], responses=AddressedSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Those that wait, the nearest deadline first; or those that are assessed."""
        found = waiting_for_agency(self.actor, done=self.asked(DoneSerializer)["done"])
        return self.paged(found, AddressedSerializer)

    @extend_schema(responses=LegalViewSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One report, as little as the assessment needs. The reading is logged."""
        return Response(LegalViewSerializer(open_addressed(self.actor, UUID(pk))).data)

    @extend_schema(request=LegalSerializer, responses={204: None, 409: RefusalSerializer})
    @action(detail=True, methods=["post"])
    def assess(self, request: Request, pk: str) -> Response:
        """Give the legal assessment, once; the psychologist sees it."""
        try:
            give_legal_assessment(self.actor, UUID(pk), **self.given(LegalSerializer))
        except AlreadyAssessedError as first:
            raise ConflictError(_("A legal assessment of this report is there already.")) from first
        return Response(status=status.HTTP_204_NO_CONTENT)


API: list[tuple[str, type[ViewSetMixin], str]] = [
    ("incidents", IncidentViewSet, "incident"),
    ("own-reports", OwnReportViewSet, "own-report"),
    ("legal-requests", LegalRequestViewSet, "legal-request"),
]
