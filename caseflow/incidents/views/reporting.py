"""Telling of an incident, and what the reporter learns afterwards."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.incidents.enums import PartyRole
from caseflow.incidents.forms import ReportForm, parties_said
from caseflow.incidents.rules import REPORTERS
from caseflow.incidents.selectors import own_reports
from caseflow.incidents.selectors.scope import school_of
from caseflow.incidents.services import BadReportError, PartySaid, find_pupils, report_incident
from caseflow.incidents.services.pictures import drawn
from caseflow.incidents.services.reading import PartyRow, own_rows, party_rows, receipt_of

PAGE = 50


@require_http_methods(["GET", "POST"])
@for_roles(*REPORTERS)
@hides_what_is_not_yours
def create(request: ActorRequest) -> HttpResponse:
    """The report form, about the pupil of the address if it names one. A refused one comes back as it was typed."""
    if request.method == "GET":
        named = _asked_party(request) if request.GET.get("pupil") else []
        return _form(request, ReportForm(school=school_of(request.actor)), party_rows(request.actor, named))
    form = ReportForm(request.POST, school=school_of(request.actor))
    parties = _parties(request, form)
    if form.is_valid():
        try:
            photos = drawn(request.FILES.getlist("pictures"))
            incident = report_incident(request.actor, **form.told(parties), photos=photos)
        except BadReportError as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("incidents:sent", incident.pk)
    return _form(request, form, party_rows(request.actor, parties), status=422)


@require_GET
@for_roles(*REPORTERS)
def party(request: ActorRequest) -> HttpResponse:
    """A row for somebody named: a pupil of the school, or a person not known."""
    rows = party_rows(request.actor, _asked_party(request))
    return render(request, "incidents/_party.html", {"party": rows[0], "roles": PartyRole})


@require_GET
@for_roles(*REPORTERS)
def pupils(request: ActorRequest) -> HttpResponse:
    """Pupils of the own school by name, at least three letters."""
    query = request.GET.get("q", "")
    found = find_pupils(request.actor, query)
    return render(request, "incidents/_pupils.html", {"pupils": found, "query": query})


@require_GET
@for_roles(*REPORTERS)
@hides_what_is_not_yours
def sent(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The report's number, who reads it and by when."""
    return render(request, "incidents/sent.html", {"receipt": receipt_of(request.actor, pk)})


@require_GET
@for_roles(*REPORTERS)
def mine(request: ActorRequest) -> HttpResponse:
    """The reporter's own reports with their state, nothing of any case."""
    page = Paginator(own_reports(request.actor), PAGE).get_page(request.GET.get("page"))
    return render(request, "incidents/mine.html", {"page": page, "rows": own_rows(page)})


def _form(request: ActorRequest, form: ReportForm, rows: list[PartyRow], status: int = 200) -> HttpResponse:
    context = {"form": form, "rows": rows, "roles": PartyRole}
    return render(request, "incidents/create.html", context, status=status)


def _parties(request: ActorRequest, form: ReportForm) -> list[PartySaid]:
    try:
        return parties_said(request.POST)
    except ValidationError as refused:
        form.add_error(None, refused)
        return []


def _asked_party(request: ActorRequest) -> list[PartySaid]:
    try:
        return [PartySaid(PartyRole.HARMED, UUID(request.GET.get("pupil", "")))]
    except ValueError:
        return [PartySaid(PartyRole.SAID_TO_HAVE_HARMED)]
