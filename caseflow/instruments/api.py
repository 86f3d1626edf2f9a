"""Questionnaires under /api/v1/: the same services, scopes and log entries as the pages."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSetMixin

from caseflow.cases.models import Case
from caseflow.cases.rules import CASE_ROLES, CaseRefused
from caseflow.directory.endpoints import ConflictError, RefusalSerializer, ScopedViewSet
from caseflow.directory.enums import Role
from caseflow.instruments import services
from caseflow.instruments.enums import Filling, Respondent
from caseflow.instruments.models import Administration, InstrumentVersion
from caseflow.instruments.rules.packs import BadPackError
from caseflow.instruments.rules.refusals import InstrumentRefused
from caseflow.instruments.selectors.offering import offers_of
from caseflow.instruments.selectors.versions import catalogue, entry_of
from caseflow.instruments.serializers import (
    QuestionnaireAnswersSerializer,
    QuestionnaireCaseSheetSerializer,
    QuestionnaireEntrySerializer,
    QuestionnaireGivenSerializer,
    QuestionnaireGiveSerializer,
    QuestionnaireOfferSerializer,
    QuestionnairePackSerializer,
    QuestionnaireResultSerializer,
    QuestionnaireSheetSerializer,
    QuestionnaireTotalSerializer,
    QuestionnaireWholeEntrySerializer,
)


class QuestionnaireViewSet(ScopedViewSet):
    """What the state of a case or a questionnaire forbids is 409 with the reason; a pack with a gap is 400."""

    roles = {"*": CASE_ROLES}

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, CaseRefused | InstrumentRefused):
            return super().handle_exception(ConflictError(str(exc)))
        if isinstance(exc, BadPackError):
            return super().handle_exception(ValidationError({"content": [str(exc)]}))
        return super().handle_exception(exc)


class VersionViewSet(QuestionnaireViewSet):
    """Versions of questionnaires in reach; the lead psychologist of a region imports more and puts them to use."""

    queryset = InstrumentVersion.objects.none()
    serializer_class = QuestionnaireEntrySerializer
    only_lead = frozenset({Role.LEAD_PSYCHOLOGIST})
    roles = {"*": CASE_ROLES, "create": only_lead, "use": only_lead}

    @extend_schema(responses=QuestionnaireEntrySerializer(many=True))
    def list(self, request: Request) -> Response:
        """All versions, those that are given first."""
        seen = catalogue(self.actor)
        return self.paged([*seen.used, *seen.others], QuestionnaireEntrySerializer)

    @extend_schema(responses=QuestionnaireWholeEntrySerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One version with its words."""
        return Response(QuestionnaireWholeEntrySerializer(entry_of(self.actor, UUID(pk))).data)

    @extend_schema(request=QuestionnairePackSerializer, responses={201: QuestionnaireWholeEntrySerializer})
    def create(self, request: Request) -> Response:
        """Import a pack for the region; nobody is given it before it is put to use."""
        version = services.import_pack(self.actor, self.given(QuestionnairePackSerializer)["content"])
        shown = QuestionnaireWholeEntrySerializer(entry_of(self.actor, version.pk)).data
        return Response(shown, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=QuestionnaireWholeEntrySerializer)
    @action(detail=True, methods=["post"])
    def use(self, request: Request, pk: str) -> Response:
        """From now on this version is given in the region."""
        services.put_to_use(self.actor, UUID(pk))
        return self.retrieve(request, pk)


class CaseQuestionnaireViewSet(QuestionnaireViewSet):
    """The questionnaires of a case, by the case's id."""

    queryset = Case.objects.none()
    serializer_class = QuestionnaireCaseSheetSerializer

    @extend_schema(responses=QuestionnaireCaseSheetSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """What was given and what it came to. The reading is logged."""
        return Response(QuestionnaireCaseSheetSerializer(services.open_case_sheet(self.actor, UUID(pk))).data)

    @extend_schema(responses=QuestionnaireOfferSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None)
    def offers(self, request: Request, pk: str) -> Response:
        """What may be given within the case."""
        return self.whole(offers_of(self.actor, UUID(pk)).rows, QuestionnaireOfferSerializer)

    @extend_schema(
        request=QuestionnaireGiveSerializer, responses={201: QuestionnaireGivenSerializer, 409: RefusalSerializer}
    )
    @action(detail=True, methods=["post"])
    def give(self, request: Request, pk: str) -> Response:
        """Give a questionnaire; a code is told this once."""
        said = self.given(QuestionnaireGiveSerializer)
        given = services.give(
            self.actor,
            UUID(pk),
            version_id=said["version"],
            respondent=Respondent(said["respondent"]),
            filling=Filling(said["filling"]),
            language=said["language"],
        )
        return Response(QuestionnaireGivenSerializer(given).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        request=QuestionnaireTotalSerializer, responses={201: QuestionnaireResultSerializer, 409: RefusalSerializer}
    )
    @action(detail=True, methods=["post"])
    def total(self, request: Request, pk: str) -> Response:
        """Type a total that was scored elsewhere."""
        said = self.given(QuestionnaireTotalSerializer)
        one = services.type_total(
            self.actor,
            UUID(pk),
            version_id=said["version"],
            respondent=Respondent(said["respondent"]),
            total=said["total"],
            source={"by": said["by"], "place": said["place"]},
        )
        shown = QuestionnaireResultSerializer(services.open_result(self.actor, one.pk)).data
        return Response(shown, status=status.HTTP_201_CREATED)


class AdministrationViewSet(QuestionnaireViewSet):
    """One questionnaire that was given."""

    queryset = Administration.objects.none()
    serializer_class = QuestionnaireResultSerializer

    @extend_schema(responses=QuestionnaireResultSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """What it came to, with each answer. The reading is logged."""
        return Response(QuestionnaireResultSerializer(services.open_result(self.actor, UUID(pk))).data)

    @extend_schema(responses={200: QuestionnaireSheetSerializer, 409: RefusalSerializer})
    @action(detail=True, methods=["get"])
    def sheet(self, request: Request, pk: str) -> Response:
        """The questions on the psychologist's screen with what was entered so far. The reading is logged."""
        return Response(QuestionnaireSheetSerializer(services.open_sheet(self.actor, UUID(pk))).data)

    @extend_schema(
        request=QuestionnaireAnswersSerializer, responses={200: QuestionnaireSheetSerializer, 409: RefusalSerializer}
    )
    @action(detail=True, methods=["post"])
    def answers(self, request: Request, pk: str) -> Response:
        """Enter answers; each is kept at once, and one about suicide acts at once."""
        answers = self.given(QuestionnaireAnswersSerializer)["answers"]
        return Response(QuestionnaireSheetSerializer(services.save_answers(self.actor, UUID(pk), answers)).data)

    @extend_schema(request=None, responses={200: QuestionnaireResultSerializer, 409: RefusalSerializer})
    @action(detail=True, methods=["post"])
    def finish(self, request: Request, pk: str) -> Response:
        """End and score it."""
        services.finish(self.actor, UUID(pk))
        return self.retrieve(request, pk)

    @extend_schema(request=None, responses={200: QuestionnaireGivenSerializer, 409: RefusalSerializer})
    @action(detail=True, methods=["post"])
    def code(self, request: Request, pk: str) -> Response:
        """A new code, told this once; the one before ends."""
        return Response(QuestionnaireGivenSerializer(services.renew_code(self.actor, UUID(pk))).data)

    @extend_schema(request=None, responses={200: QuestionnaireResultSerializer, 409: RefusalSerializer})
    @action(detail=True, methods=["post"])
    def stop(self, request: Request, pk: str) -> Response:
        """End it as it stands."""
        services.stop(self.actor, UUID(pk))
        return self.retrieve(request, pk)


API: list[tuple[str, type[ViewSetMixin], str]] = [
    ("questionnaires", VersionViewSet, "questionnaire"),
    ("case-questionnaires", CaseQuestionnaireViewSet, "case-questionnaire"),
    ("given-questionnaires", AdministrationViewSet, "given-questionnaire"),
]
