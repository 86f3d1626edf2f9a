from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.forms import ImportForm
from caseflow.directory.guards import for_roles
from caseflow.directory.selectors import drafts_of, open_drafts
from caseflow.directory.services.imports import (
    AlreadyAppliedError,
    ImportRefusedError,
    Preview,
    apply_import,
    keep_draft,
    preview,
)
from caseflow.directory.services.tables import HEADERS, REQUIRED, UnreadableTableError

TEMPLATE = "directory/import_preview.html"


@require_http_methods(["GET", "POST"])
@for_roles(Role.SCHOOL_ADMIN, Role.SYSTEM_ADMIN)
def import_roll(request: ActorRequest) -> HttpResponse:
    """Upload a list of pupils and guardians; nothing changes before its preview is confirmed."""
    form = ImportForm(request.actor, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            draft = keep_draft(request.actor, data["school"], **data["file"], is_full_roll=data["is_full_roll"])
        except UnreadableTableError as error:
            form.add_error("file", str(error))
        else:
            return redirect("directory:import-preview", draft.pk)
    columns = [(titles, name in REQUIRED) for name, titles in HEADERS.items()]
    context = {"form": form, "columns": columns, "drafts": open_drafts(request.actor)}
    return render(request, "directory/import.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_roles(Role.SCHOOL_ADMIN, Role.SYSTEM_ADMIN)
def import_preview(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What the list would change, with the error of each row; confirming does all of it or nothing.

    What is applied already leads to its result.
    """
    draft = get_object_or_404(drafts_of(request.actor), pk=pk)
    try:
        plan = apply_import(request.actor, draft.pk) if request.method == "POST" else preview(draft)
    except AlreadyAppliedError as error:
        return _result(request, error.counts)
    except ImportRefusedError as error:
        return _refusal(request, error.plan)
    if request.method == "POST":
        return _result(request, plan.counts)
    return render(request, TEMPLATE, {"plan": plan})


def _result(request: ActorRequest, counts: dict[str, int]) -> HttpResponse:
    """The same for who confirmed and for who comes later: a second click, another tab, an old address."""
    done = {name: counts[name] for name in ("new", "changed", "left")}
    messages.success(request, _("Imported: %(new)s new, %(changed)s changed, %(left)s left the school.") % done)
    return redirect("directory:import")


def _refusal(request: ActorRequest, plan: Preview) -> HttpResponse:
    if plan.has_errors:
        messages.error(request, _("Nothing was imported: mend the rows with errors and upload the list again."))
    return render(request, TEMPLATE, {"plan": plan}, status=422)
