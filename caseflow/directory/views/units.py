from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.forms import UNIT_FORMS, SchoolForm
from caseflow.directory.guards import for_roles
from caseflow.directory.models import School
from caseflow.directory.selectors import agencies_listed, school_years, schools_with_counts
from caseflow.directory.services.setup import add_unit, change_school


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


@require_http_methods(["GET", "POST"])
@for_roles(Role.SYSTEM_ADMIN)
def school(request: ActorRequest, pk: int) -> HttpResponse:
    """A school's names, address, telephone and place on the map."""
    shown = get_object_or_404(School, pk=pk)
    form = SchoolForm(request.POST or None, instance=shown)
    if form.is_valid():
        change_school(request.actor, form.save(commit=False), form.changed_data)
        messages.success(request, _("Saved."))
        return redirect("directory:schools")
    named = School.objects.get(pk=pk)  # the form has written into its own
    context = {"form": form, "school": named}
    return render(request, "directory/school.html", context, status=422 if form.is_bound else 200)
