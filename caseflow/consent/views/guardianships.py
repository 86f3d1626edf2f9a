from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from caseflow.consent.errors import ConsentError, LastDayError
from caseflow.consent.forms import EndingForm, ResumingForm
from caseflow.consent.selectors.guardianships import office_guardianships
from caseflow.consent.services import end_guardianship, resume_guardianship
from caseflow.consent.services.reading import open_ending
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles
from caseflow.directory.models import Guardianship


@require_GET
@for_roles(Role.SCHOOL_ADMIN)
def guardianship(request: ActorRequest, pk: int) -> HttpResponse:
    """Whether somebody stands for a pupil, with the form to end it or to take the end back."""
    found = get_object_or_404(office_guardianships(request.actor), pk=pk)
    return _page(request, found, ResumingForm() if found.ended_at else EndingForm(found))


@require_POST
@for_roles(Role.SCHOOL_ADMIN)
def end(request: ActorRequest, pk: int) -> HttpResponse:
    """End it."""
    found = get_object_or_404(office_guardianships(request.actor), pk=pk)
    form = EndingForm(found, request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    data = form.cleaned_data
    try:
        end_guardianship(request.actor, pk, last_day=data["last_day"], ground=data["ground"])
    except LastDayError as error:
        form.add_error("last_day", str(error))
        return _page(request, found, form, status=422)
    except ConsentError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, gettext("Recorded. It holds from now on."))
    return redirect("consent:guardianship", pk)


@require_POST
@for_roles(Role.SCHOOL_ADMIN)
def resume(request: ActorRequest, pk: int) -> HttpResponse:
    """Take the end back."""
    found = get_object_or_404(office_guardianships(request.actor), pk=pk)
    form = ResumingForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        resume_guardianship(request.actor, pk, ground=form.cleaned_data["ground"])
    except ConsentError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, gettext("Recorded. It holds from now on."))
    return redirect("consent:guardianship", pk)


def _page(request: ActorRequest, found: Guardianship, form: forms.Form, status: int = 200) -> HttpResponse:
    context = {"guardianship": found, "form": form, "ending": open_ending(request.actor, found)}
    return render(request, "consent/guardianship.html", context, status=status)
