"""The form of an appointment, and what helps to fill it in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from caseflow.appointments import services
from caseflow.appointments.enums import Reach
from caseflow.appointments.forms import AppointmentForm, asked_slots
from caseflow.appointments.models import Appointment
from caseflow.appointments.rules import AppointmentRefused, Plan, only_moved
from caseflow.appointments.services.reading import offer_slots, open_to_change
from caseflow.appointments.services.taking_back import MADE, MOVED
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles
from caseflow.undo.offering import moment_of, say_with_undo

GET_POST = ["GET", "POST"]
NOT_YET = ("find", "take")  # buttons that fill the form in and send nothing


@require_http_methods(GET_POST)
@for_roles(Role.PSYCHOLOGIST)
def new(request: ActorRequest) -> HttpResponse:
    """Plan an appointment; `day`, `time`, `pupils` and `case` in the address begin the form."""
    if request.method == "GET":
        return _page(request, AppointmentForm.first(request.actor, request.GET))
    if any(name in request.POST for name in NOT_YET):
        return _page(request, _taken(request))
    form = AppointmentForm(request.actor, request.POST)
    if form.is_valid():
        try:
            every_week = form.cleaned_data["every_week"]
            made = services.plan_appointment(request.actor, form.plan(), every_week=every_week)
        except (AppointmentRefused, ObjectDoesNotExist) as refused:
            form.add_error(None, _why(refused))
        else:
            said = _("The appointment is in the calendar.")
            say_with_undo(request, said, MADE, made.pk, at=moment_of(made.changed_at))
            return redirect("appointments:detail", made.pk)
    return _page(request, form)


@require_http_methods(GET_POST)
@for_roles(Role.PSYCHOLOGIST)
@hides_what_is_not_yours
def change(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change a planned appointment, alone or with those that follow in its series."""
    opened = open_to_change(request.actor, pk)
    if request.method == "GET":
        return _page(request, AppointmentForm(request.actor, plan=opened.plan), opened=opened)
    if any(name in request.POST for name in NOT_YET):
        return _page(request, _taken(request), opened=opened)
    form = AppointmentForm(request.actor, request.POST)
    if form.is_valid():
        try:
            plan, reach = form.plan(), form.how_far()
            changed = services.change_appointment(request.actor, pk, plan, reach=reach)
        except (AppointmentRefused, ObjectDoesNotExist) as refused:
            form.add_error(None, _why(refused))
        else:
            _say_changed(
                request, changed, moved=only_moved(opened.plan, plan, room=reach is Reach.ONE), before=opened.plan
            )
            return redirect("appointments:detail", pk)
    return _page(request, form, opened=opened)


@require_GET
@for_roles(Role.PSYCHOLOGIST)
def people(request: ActorRequest) -> HttpResponse:
    """Who was chosen and who can be, as a part of the form."""
    form = AppointmentForm.begun(request.actor, request.GET)
    return render(request, "appointments/_people.html", {"form": form, "choice": form.choice})


@require_GET
@for_roles(Role.PSYCHOLOGIST)
def slots(request: ActorRequest) -> HttpResponse:
    """What is worth knowing of the time that stands in the form, and the next free ones."""
    offer = offer_slots(request.actor, asked_slots(request.GET))
    return render(request, "appointments/_slots.html", {"offer": offer})


def _page(request: ActorRequest, form: AppointmentForm, **more: Any) -> HttpResponse:
    context = {"form": form, "choice": form.choice, **more}
    return render(request, "appointments/form.html", context, status=422 if form.is_bound else 200)


def _say_changed(request: ActorRequest, changed: Appointment, *, moved: bool, before: Plan) -> None:
    """Another time, or another room, can be undone; other people or words are changed again by hand."""
    done = _("The appointment is changed.")
    if moved:
        room = str(before.room or "")
        say_with_undo(request, done, MOVED, changed.pk, at=changed.changed_at.isoformat(), room=room)
    else:
        messages.success(request, done)


def _taken(request: ActorRequest) -> AppointmentForm:
    """The form as it stands, with the free time that was pressed."""
    typed = request.POST.copy()
    day, _t, at = typed.get("take", "").partition("T")
    if day and at:
        typed["day"], typed["time"] = day, at
    return AppointmentForm.begun(request.actor, typed)


def _why(refused: Exception) -> str:
    if isinstance(refused, AppointmentRefused):
        return str(refused)
    return _("Somebody or something that was chosen is not there any more. Choose again.")
