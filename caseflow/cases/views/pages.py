"""The pages on which a case is read."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from caseflow.cases.enums import EntryKind
from caseflow.cases.forms import NoteForm
from caseflow.cases.rules import CASE_ROLES
from caseflow.cases.services.reading import open_acts, open_case_file, open_case_page, reveal_phone
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles

FILTERS = (
    ("", _("All")),
    (EntryKind.NOTE.value, _("Notes")),
    (EntryKind.SIGNAL.value, _("Signals")),
    (EntryKind.INCIDENT.value, _("Incidents")),
    (EntryKind.ASSESSMENT.value, _("Assessments")),
    (EntryKind.TASK.value, _("Tasks")),
    (EntryKind.CONSENT.value, _("Consents")),
)


@require_GET
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def detail(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The case with its chronology; for htmx the chronology alone."""
    return case_page(request, pk, NoteForm())


def case_page(request: ActorRequest, pk: UUID, note: NoteForm) -> HttpResponse:
    """The case page with a fresh or a refused note in its form."""
    show = request.GET.get("show", "")
    show = show if show in dict(FILTERS) else ""
    page = open_case_page(request.actor, pk, show=show, number=request.GET.get("page", 1))
    template = "cases/_chronology.html" if request.headers.get("HX-Request") else "cases/detail.html"
    context = {
        "file": page.file,
        "page": page,
        "show": show,
        "page_query": f"show={show}&",
        "filters": FILTERS,
        "note": note,
        "tab": "chronology",
    }
    return render(request, template, context, status=422 if note.is_bound else 200)


@require_GET
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def assessments(request: ActorRequest, pk: UUID) -> HttpResponse:
    """All assessments of the case, the newest first."""
    file = open_case_file(request.actor, pk, part="assessments")
    return render(request, "cases/assessments.html", {"file": file, "tab": "assessments"})


@require_GET
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def openings(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Who opened the case and what they did in it."""
    file, acts = open_acts(request.actor, pk, number=request.GET.get("page", 1))
    return render(request, "cases/openings.html", {"file": file, "acts": acts, "tab": "openings"})


@require_POST
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def phone(request: ActorRequest, pk: UUID, guardian: UUID) -> HttpResponse:
    """The telephone number of somebody who stands for the pupil, shown once asked for."""
    return render(request, "cases/_phone.html", {"phone": reveal_phone(request.actor, pk, guardian)})
