"""Saying that what was said of an appointment was wrong."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from caseflow.appointments import services
from caseflow.appointments.forms import CorrectForm
from caseflow.appointments.rules import AppointmentRefused
from caseflow.appointments.services.reading import open_appointment
from caseflow.appointments.views.pages import appointment_page
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles


@require_POST
@for_roles(Role.PSYCHOLOGIST)
@hides_what_is_not_yours
def correct(request: ActorRequest, pk: UUID) -> HttpResponse:
    """It waits for its answer again."""
    form = CorrectForm(request.POST)
    if form.is_valid():
        try:
            services.correct_answer(request.actor, pk, reason=form.cleaned_data["reason"])
        except AppointmentRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Taken back. Say now what really became of it."))
            return redirect("appointments:detail", pk)
    return appointment_page(request, open_appointment(request.actor, pk), correction=form)
