"""Saying what became of an appointment."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from caseflow.appointments import services
from caseflow.appointments.forms import AbsenceForm, CallOffForm, ids_in
from caseflow.appointments.models import Appointment
from caseflow.appointments.rules import AppointmentRefused
from caseflow.appointments.services.reading import open_appointment
from caseflow.appointments.services.taking_back import ANSWERED
from caseflow.appointments.views.pages import appointment_page
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles
from caseflow.undo.offering import say_with_undo


@require_POST
@for_roles(Role.PSYCHOLOGIST)
@hides_what_is_not_yours
def held(request: ActorRequest, pk: UUID) -> HttpResponse:
    """It took place."""
    return _absent(request, pk, services.record_held, _("It is recorded that the appointment was held."))


@require_POST
@for_roles(Role.PSYCHOLOGIST)
@hides_what_is_not_yours
def not_come(request: ActorRequest, pk: UUID) -> HttpResponse:
    """It did not, since somebody did not come."""
    return _absent(request, pk, services.record_not_come, _("It is recorded who did not come."))


@require_POST
@for_roles(Role.PSYCHOLOGIST)
@hides_what_is_not_yours
def off(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Call it off."""
    form = CallOffForm(request.POST)

    def act() -> Appointment:
        return services.call_off(request.actor, pk, **form.wish())

    return _say(request, pk, {"call_off": form}, act, _("The appointment is called off."))


def _absent(request: ActorRequest, pk: UUID, say: Callable[..., Appointment], done: str) -> HttpResponse:
    form = AbsenceForm(request.POST)

    def act() -> Appointment:
        absent = ids_in(request.POST.getlist("absent"))
        return say(request.actor, pk, absent=absent, reason=form.cleaned_data["reason"])

    return _say(request, pk, {"absence": form}, act, done)


def _say(
    request: ActorRequest, pk: UUID, form: dict[str, Any], act: Callable[[], Appointment], done: str
) -> HttpResponse:
    (said,) = form.values()
    if said.is_valid():
        try:
            answered = act()
        except AppointmentRefused as refused:
            said.add_error(None, str(refused))
        else:
            say_with_undo(request, done, ANSWERED, pk, at=answered.changed_at.isoformat())
            return redirect("appointments:detail", pk)
    return appointment_page(request, open_appointment(request.actor, pk), **form)
