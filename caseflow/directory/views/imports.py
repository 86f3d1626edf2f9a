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
from caseflow.directory.selectors import open_drafts
from caseflow.directory.services.imports import ImportRefusedError, apply_import, keep_draft, preview
from caseflow.directory.services.tables import HEADERS, REQUIRED, UnreadableTableError


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
    """What the list would change, with the error of each row; confirming does all of it or nothing."""
    draft = get_object_or_404(open_drafts(request.actor), pk=pk)
    status = 200
    if request.method == "POST":
        try:
            plan = apply_import(request.actor, draft.pk)
        except ImportRefusedError:
            messages.error(request, _("Nothing was imported: mend the rows with errors and upload the list again."))
            status = 422
        else:
            done = {"new": plan.count("new"), "changed": plan.count("changed"), "left": len(plan.leavers)}
            messages.success(request, _("Imported: %(new)s new, %(changed)s changed, %(left)s left the school.") % done)
            return redirect("directory:import")
    return render(request, "directory/import_preview.html", {"plan": preview(draft)}, status=status)
