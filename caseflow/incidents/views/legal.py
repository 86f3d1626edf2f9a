"""The inbox of an agency officer: reports that wait for a legal assessment."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles
from caseflow.incidents.forms import LegalForm
from caseflow.incidents.selectors.legal import waiting_for_agency
from caseflow.incidents.services import (
    AlreadyAssessedError,
    BadReportError,
    give_legal_assessment,
    open_addressed,
)

PAGE = 30


@require_GET
@for_roles(Role.AGENCY_OFFICER)
def legal(request: ActorRequest) -> HttpResponse:
    """The reports that wait, the nearest deadline first; the assessed ones under `?done=1`."""
    done = request.GET.get("done") == "1"
    page = Paginator(waiting_for_agency(request.actor, done=done), PAGE).get_page(request.GET.get("page"))
    return render(request, "incidents/legal.html", {"page": page, "done": done, "query": "done=1&" if done else ""})


@require_http_methods(["GET", "POST"])
@for_roles(Role.AGENCY_OFFICER)
@hides_what_is_not_yours
def legal_incident(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One report and its legal assessment."""
    form = LegalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            give_legal_assessment(request.actor, pk, **form.cleaned_data)
        except BadReportError as refused:
            form.add_error(None, str(refused))
        except AlreadyAssessedError:
            messages.error(request, _("A legal assessment of this report is there already."))
            return redirect("incidents:legal-incident", pk)
        else:
            messages.success(request, _("The legal assessment is recorded. The psychologist sees it."))
            return redirect("incidents:legal")
    status = 422 if request.method == "POST" else 200
    return render(
        request,
        "incidents/legal_incident.html",
        {"view": open_addressed(request.actor, pk), "form": form},
        status=status,
    )
