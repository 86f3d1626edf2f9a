"""The table of terms, for everybody who works by it; the lead psychologist of the region adds to it."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from caseflow.clocks.forms import TermForm
from caseflow.clocks.selectors import UnknownDeadlineError
from caseflow.clocks.selectors.table import STAFF, due_if_begun, may_edit_terms, term_of_code, terms
from caseflow.clocks.services import BadTermError, change_term, checked_term
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles


@require_GET
@for_roles(*STAFF)
def table(request: ActorRequest) -> HttpResponse:
    """All terms with their sources, and who is told when one is missed."""
    return render(request, "clocks/table.html", {"terms": terms(), "may_edit": may_edit_terms(request.actor)})


@require_http_methods(["GET", "POST"])
@for_roles(*STAFF)
def term(request: ActorRequest, code: str) -> HttpResponse:
    """One term with its history; the region's lead enters the next one, or sees first what it would mean."""
    try:
        found = term_of_code(code)
    except UnknownDeadlineError as missing:
        raise Http404 from missing
    may_edit = may_edit_terms(request.actor)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied
    form = TermForm(found.current or found.rows[0], request.POST or None)
    due: datetime | None = None
    if request.method == "POST" and form.is_valid():
        try:
            due = _preview(request, code, form)
        except BadTermError as refused:
            form.add_error(None, str(refused))
        else:
            if due is None:
                messages.success(request, _("The new term is in the table."))
                return redirect("clocks:term", code)
    context = {
        "term": found,
        "form": form if may_edit else None,
        "due": due,
        "due_now": due_if_begun(request.actor, found.current, timezone.now()) if found.current else None,
    }
    return render(request, "clocks/term.html", context, status=422 if form.errors else 200)


def _preview(request: ActorRequest, code: str, form: TermForm) -> datetime | None:
    """When something that begins now would be due, where that was asked; else the term is entered."""
    if "preview" not in request.POST:
        change_term(request.actor, code, form.new_term())
        return None
    rule = checked_term(request.actor, code, form.new_term())
    return due_if_begun(request.actor, rule, timezone.now())
