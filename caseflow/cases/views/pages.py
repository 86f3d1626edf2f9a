"""The pages on which a case is read."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from caseflow.cases.drafting import NOTE
from caseflow.cases.enums import EntryKind
from caseflow.cases.forms import LineFilterForm, NoteForm
from caseflow.cases.rules import CASE_ROLES
from caseflow.cases.services.reading import open_acts, open_case_file, open_case_page, reveal_phone
from caseflow.cases.views.drafted import begun, status_of
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
    (EntryKind.APPOINTMENT.value, _("Appointments")),
    (EntryKind.ATTACHMENT.value, _("Files")),
    (EntryKind.REFERRAL.value, _("Referrals")),
    (EntryKind.CONSENT.value, _("Consents")),
    (EntryKind.CASE.value, _("Moves of the case")),
)


@require_GET
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def detail(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The case with its chronology; for htmx the chronology alone."""
    return case_page(request, pk)


def case_page(request: ActorRequest, pk: UUID, refused: NoteForm | None = None) -> HttpResponse:
    """The case page with a fresh or a refused note in its form."""
    form = LineFilterForm(request.GET)
    asked = form.asked()
    page = open_case_page(request.actor, pk, asked=asked, number=request.GET.get("page", 1))
    form.offer(page.chronology.authors)
    is_part = _wants_part(request)
    key = page.file.case.data_key if page.file.case.is_open and not is_part else None
    note = refused or begun(request, f"{NOTE}-{pk}", NoteForm, sealed_with=key)
    context = {
        "file": page.file,
        "page": page,
        "show": asked.show,
        "asked": asked,
        "filter": form,
        "page_query": _query(request),
        "filters": FILTERS,
        "note": note,
        "tab": "chronology",
    }
    template = "cases/_chronology.html" if is_part else "cases/detail.html"
    return render(request, template, context, status=status_of(note))


def _wants_part(request: ActorRequest) -> bool:
    """Whether htmx asks for the chronology; going back in the history it asks for the whole page."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers


def _query(request: ActorRequest) -> str:
    """The filter as it stands in the address, before the number of a page."""
    query = request.GET.copy()
    query.pop("page", None)
    return f"{query.urlencode()}&" if query else ""


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
