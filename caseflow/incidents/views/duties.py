"""What is noted of the duties after a report of suspected bullying."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.incidents.finding_forms import CouncilForm, ParentToldForm
from caseflow.incidents.rules import DECIDERS
from caseflow.incidents.services import BadReportError, note_council, note_parent_told
from caseflow.incidents.views.page import incident_page


@require_POST
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def parents(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Note that a parent was told."""
    form = ParentToldForm(request.POST, auto_id="parent-%s")
    if not form.is_valid():
        return incident_page(request, pk, parent=form)
    pupil, guardian = form.cleaned_data["who"]
    try:
        note_parent_told(request.actor, pk, pupil_id=pupil, guardian_id=guardian, told_at=form.cleaned_data["told_at"])
    except BadReportError as refused:
        form.add_error("told_at", str(refused))
        return incident_page(request, pk, parent=form)
    messages.success(request, _("Noted."))
    return redirect(f"{reverse('incidents:detail', args=[pk])}#duties")


@require_POST
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def council(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Note that the council met."""
    form = CouncilForm(request.POST, auto_id="council-%s")
    if not form.is_valid():
        return incident_page(request, pk, council=form)
    said = form.cleaned_data
    try:
        note_council(request.actor, pk, held_on=said["held_on"], outcome=said["outcome"])
    except BadReportError as refused:
        form.add_error("outcome", str(refused))
        return incident_page(request, pk, council=form)
    messages.success(request, _("Noted."))
    return redirect(f"{reverse('incidents:detail', args=[pk])}#duties")
