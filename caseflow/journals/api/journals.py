from typing import TYPE_CHECKING, cast
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from caseflow.appointments.models import Appointment
from caseflow.cases.rules import CASE_ROLES
from caseflow.directory.endpoints import RefusalSerializer
from caseflow.directory.enums import Role
from caseflow.instruments.models import Administration
from caseflow.journals import services
from caseflow.journals.api.refusing import KeepingViewSet
from caseflow.journals.enums import Journal
from caseflow.journals.models import FormVersion
from caseflow.journals.rules.access import FORM_READERS, KEEPERS
from caseflow.journals.selectors.forms import visible_forms
from caseflow.journals.selectors.lines import Asked
from caseflow.journals.selectors.years import chosen_year, period_of
from caseflow.journals.serializers import (
    AskedJournalSerializer,
    ExplainedSerializer,
    JournalFormSerializer,
    JournalLineSerializer,
    NewJournalFormSerializer,
    WorkSerializer,
    WorkWordsSerializer,
)
from caseflow.journals.services.reading import journal_school, list_lines
from caseflow.journals.services.recording import open_result, open_work

if TYPE_CHECKING:
    from caseflow.directory.pagination import BoundedPagination

PSYCHOLOGIST = frozenset({Role.PSYCHOLOGIST})


class JournalViewSet(KeepingViewSet):
    """The journals of the school's service, by the form in force. Names stand in it only where the form has them."""

    roles = {"*": frozenset(KEEPERS)}
    serializer_class = JournalLineSerializer
    queryset = Appointment.objects.none()

    @extend_schema(parameters=[AskedJournalSerializer], responses=JournalLineSerializer(many=True))
    def list(self, request: Request) -> Response:
        """The lines of a journal, the earliest first."""
        said = self.asked(AskedJournalSerializer)
        pages = cast("BoundedPagination", self.paginator)
        pages.request, limit, offset = request, pages.get_limit(request) or 1, pages.get_offset(request)
        period = period_of(chosen_year(journal_school(self.actor), None))
        asked = Asked(
            Journal(said["journal"]),
            period.within(said.get("since"), said.get("until")),
            said.get("psychologist"),
            said["kind"],
        )
        _form, heads, lines, number = list_lines(self.actor, asked, offset, limit)
        pages.limit, pages.offset, pages.count = limit, offset, number
        return pages.get_paginated_response(JournalLineSerializer(lines, many=True, context={"heads": heads}).data)


class WorkRecordViewSet(KeepingViewSet):
    """What was done at an appointment, by the appointment's id."""

    roles = {"*": PSYCHOLOGIST, "retrieve": CASE_ROLES}
    serializer_class = WorkSerializer
    queryset = Appointment.objects.none()

    @extend_schema(responses=WorkSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """What was done. The reading is logged."""
        return Response(WorkSerializer(open_work(self.actor, UUID(pk))).data)

    @extend_schema(request=WorkWordsSerializer, responses={200: WorkSerializer, 409: RefusalSerializer})
    def update(self, request: Request, pk: str) -> Response:
        """Say what was done, or say it anew."""
        sent = WorkWordsSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        services.record_work(self.actor, UUID(pk), sent.work())
        return Response(WorkSerializer(open_work(self.actor, UUID(pk))).data)


class ResultRecordViewSet(KeepingViewSet):
    """To whom the result of a questionnaire was explained, by the questionnaire's id."""

    roles = {"*": PSYCHOLOGIST, "retrieve": CASE_ROLES}
    serializer_class = ExplainedSerializer
    queryset = Administration.objects.none()

    @extend_schema(responses=ExplainedSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """What is said of the result. The reading is logged."""
        return Response(ExplainedSerializer(open_result(self.actor, UUID(pk)).explained).data)

    @extend_schema(request=ExplainedSerializer, responses={200: ExplainedSerializer, 409: RefusalSerializer})
    def update(self, request: Request, pk: str) -> Response:
        """Say what it was given for, and to whom its result was explained."""
        services.record_result(self.actor, UUID(pk), **self.given(ExplainedSerializer))
        return Response(ExplainedSerializer(open_result(self.actor, UUID(pk)).explained).data)


class JournalFormViewSet(KeepingViewSet):
    """The forms of the journals; the lead psychologist of a region enters those of the region."""

    roles = {"list": frozenset(FORM_READERS), "create": frozenset({Role.LEAD_PSYCHOLOGIST})}
    serializer_class = JournalFormSerializer
    queryset = FormVersion.objects.none()

    @extend_schema(responses=JournalFormSerializer(many=True))
    def list(self, request: Request) -> Response:
        """The shipped forms and those of the region."""
        return self.paged(visible_forms(self.actor), JournalFormSerializer)

    @extend_schema(request=NewJournalFormSerializer, responses={201: JournalFormSerializer, 409: RefusalSerializer})
    def create(self, request: Request) -> Response:
        """Enter the form that a journal has from a day on."""
        sent = NewJournalFormSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        made = services.enter_form(self.actor, sent.form())
        return Response(JournalFormSerializer(made).data, status=status.HTTP_201_CREATED)
