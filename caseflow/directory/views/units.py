from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.forms import UNIT_FORMS
from caseflow.directory.guards import for_roles
from caseflow.directory.selectors import agencies_listed, school_years, schools_with_counts
from caseflow.directory.services.setup import add_unit


@require_http_methods(["GET", "POST"])
@for_roles(Role.SYSTEM_ADMIN)
def units(request: ActorRequest) -> HttpResponse:
    """The schools, agencies and school years of the installation, and a form for one more of each kind."""
    asked = request.POST.get("what", "")
    forms = {what: form(request.POST if what == asked else None) for what, form in UNIT_FORMS.items()}
    form = forms.get(asked)
    if form is not None and form.is_valid():
        add_unit(request.actor, asked, form.save(commit=False))
        messages.success(request, _("Saved."))
        return redirect("directory:schools")
    context = {
        "forms": forms,
        "schools": schools_with_counts(request.actor),
        "agencies": agencies_listed(),
        "years": school_years(),
    }
    refused = request.method == "POST"
    return render(request, "directory/schools.html", context, status=422 if refused else 200)
