"""The forms of the journals, for those who keep them; the lead psychologist of the region enters new ones."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles
from caseflow.journals import services
from caseflow.journals.enums import Journal
from caseflow.journals.forms import FormForm
from caseflow.journals.models import FormVersion
from caseflow.journals.rules import JournalRefused
from caseflow.journals.rules.access import FORM_READERS
from caseflow.journals.rules.forms import heads_of
from caseflow.journals.selectors.forms import form_on, may_edit_forms, visible_forms
from caseflow.journals.wording import source_words


@require_GET
@for_roles(*FORM_READERS)
def forms(request: ActorRequest) -> HttpResponse:
    """Every form with its source and the day from which it holds."""
    found = visible_forms(request.actor)
    context = {
        "journals": list(Journal),
        "versions": [(version, source_words(version), heads_of(version.columns, with_names=True)) for version in found],
        "today": timezone.localdate(),
        "may_edit": may_edit_forms(request.actor),
    }
    return render(request, "journals/forms.html", context)


@require_http_methods(["GET", "POST"])
@for_roles(Role.LEAD_PSYCHOLOGIST)
def new_form(request: ActorRequest) -> HttpResponse:
    """Enter the form that a journal has from a day on."""
    if not may_edit_forms(request.actor):
        raise PermissionDenied
    journal = _journal(request)
    form = FormForm(journal, _present(request, journal), request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.enter_form(request.actor, form.form())
        except JournalRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The form is entered."))
            return redirect("journals:forms")
    context = {"journal": journal, "form": form}
    return render(request, "journals/form.html", context, status=422 if form.errors else 200)


def _journal(request: ActorRequest) -> Journal:
    said = request.POST.get("journal") or request.GET.get("journal") or ""
    return Journal(said) if said in Journal.values else Journal.CONSULTATIONS


def _present(request: ActorRequest, journal: Journal) -> FormVersion:
    region = request.actor.membership.region_id or 0
    return form_on(journal, region, timezone.localdate())
