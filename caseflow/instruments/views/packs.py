"""Which questionnaires there are, what stands in them and where it comes from; the region's lead imports more."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caseflow.cases.rules import CASE_ROLES
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles
from caseflow.instruments import services
from caseflow.instruments.forms import LANGUAGE_NAMES, PackForm
from caseflow.instruments.rules.packs import BadPackError
from caseflow.instruments.selectors.versions import catalogue as catalogue_for
from caseflow.instruments.selectors.versions import entry_of, may_import


@require_GET
@for_roles(*CASE_ROLES)
def catalogue(request: ActorRequest) -> HttpResponse:
    """All versions, those that are given first, with the languages in which they may be given."""
    return render(request, "instruments/catalogue.html", {"catalogue": catalogue_for(request.actor)})


@require_GET
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def version(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One version with its words and what they were held against."""
    entry = entry_of(request.actor, pk)
    context = {"entry": entry, "may_import": may_import(request.actor), "languages": LANGUAGE_NAMES}
    return render(request, "instruments/version.html", context)


@require_GET
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def file(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The pack word for word, as its hash is of."""
    found = entry_of(request.actor, pk).version
    name = f"{found.instrument}-{found.version}.toml"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(found.content, content_type="text/plain; charset=utf-8", headers=headers)


@require_http_methods(["GET", "POST"])
@for_roles(Role.LEAD_PSYCHOLOGIST)
def import_file(request: ActorRequest) -> HttpResponse:
    """Import a pack for the region; nobody is given it before it is put to use."""
    form = PackForm(request.POST, request.FILES) if request.method == "POST" else PackForm()
    if form.is_valid():
        try:
            kept = services.import_pack(request.actor, form.cleaned_data["file"])
        except BadPackError as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("The pack is imported. Look it over, then put it to use."))
            return redirect("instruments:version", kept.pk)
    context = {"form": form, "may_import": may_import(request.actor)}
    return render(request, "instruments/import.html", context, status=422 if form.is_bound else 200)


@require_POST
@for_roles(Role.LEAD_PSYCHOLOGIST)
@hides_what_is_not_yours
def use(request: ActorRequest, pk: UUID) -> HttpResponse:
    """From now on this version is given in the region."""
    services.put_to_use(request.actor, pk)
    messages.success(request, _("This version is given from now on."))
    return redirect("instruments:version", pk)
