"""Reports for those who follow them at the school."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.incidents.enums import Category
from caseflow.incidents.forms import EstablishedForm, PoliceForm
from caseflow.incidents.rules import DECIDERS, POLICE_INFORMERS, READERS, REPORTERS
from caseflow.incidents.selectors import listed
from caseflow.incidents.selectors.reading import state_of
from caseflow.incidents.selectors.scope import incident_of_item
from caseflow.incidents.services import BadReportError, establish, inform_police
from caseflow.incidents.views.page import incident_page

PAGE = 30
STATES = ("open", "closed")


@require_GET
@for_roles(*READERS)
def incidents(request: ActorRequest) -> HttpResponse:
    """The reports in the actor's reach, the newest first."""
    state, category = _one_of(request, "state", STATES), _one_of(request, "category", Category.values)
    found = listed(request.actor, state=state, category=category)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(incident, state_of(incident)) for incident in page],
        "categories": Category,
        "state": state,
        "category": category,
        "may_report": request.actor.role in REPORTERS,
        "query": f"state={state}&category={category}&",
    }
    return render(request, "incidents/list.html", context)


@require_GET
@for_roles(*READERS)
@hides_what_is_not_yours
def detail(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One report."""
    return incident_page(request, pk)


@require_GET
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def of_item(request: ActorRequest, item: UUID) -> HttpResponse:
    """The report behind an item of the queue."""
    return redirect("incidents:detail", incident_of_item(request.actor, item).pk)


@require_POST
@for_roles(*POLICE_INFORMERS)
@hides_what_is_not_yours
def police(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Record that the police were informed."""
    form = PoliceForm(request.POST)
    if not form.is_valid():
        return incident_page(request, pk, police=form)
    try:
        inform_police(request.actor, pk, form.cleaned_data["at"])
    except BadReportError as refused:
        form.add_error("at", str(refused))
        return incident_page(request, pk, police=form)
    messages.success(request, _("Recorded: the police have been informed."))
    return redirect("incidents:detail", pk)


@require_POST
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def established(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Record whether what a pupil is said to have done was found true."""
    form = EstablishedForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the two answers."))
        return incident_page(request, pk, status=422)
    said = form.cleaned_data
    establish(request.actor, pk, said["party"], established=said["established"])
    return redirect("incidents:detail", pk)


def _one_of(request: ActorRequest, name: str, allowed: Iterable[str]) -> str:
    value = request.GET.get(name, "")
    return value if value in tuple(allowed) else ""
