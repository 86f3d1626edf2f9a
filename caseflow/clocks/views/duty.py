"""The duty roster, and the calls that ring for oneself."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caseflow.clocks.forms import ShiftForm
from caseflow.clocks.models import DutyCall, DutyShift
from caseflow.clocks.rules import monday_of
from caseflow.clocks.selectors.duty import ROSTER_KEEPERS, RUNG_ROLES, open_calls, own_calls, shifts_of, week_of
from caseflow.clocks.selectors.reach import may_open, who_can_open
from caseflow.clocks.services import AlreadyAnsweredError, BadShiftError, add_shift, answer_call, remove_shift
from caseflow.clocks.services.roster import REMOVED
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.undo.offering import say_with_undo

WEEK = timedelta(days=7)


@require_http_methods(["GET", "POST"])
@for_roles(*ROSTER_KEEPERS)
def roster(request: ActorRequest) -> HttpResponse:
    """Who is on duty, week by week (`?week=` any day of it), and the form for one more shift."""
    form = ShiftForm(request.actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            shift = add_shift(request.actor, **form.shift())
        except BadShiftError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The shift is on the roster."))
            return redirect(f"{request.path}?week={timezone.localdate(shift.starts_at)}")
    first = monday_of(_asked_day(request))
    week = week_of(request.actor, first)
    context = {
        "form": form,
        "week": week,
        "first": first,
        "last": first + timedelta(days=6),
        "earlier": first - WEEK,
        "later": first + WEEK,
        "now": timezone.now(),
        "anybody": any(day.shifts for day in week) or shifts_of(request.actor).exists(),
    }
    return render(request, "clocks/roster.html", context, status=422 if form.errors else 200)


@require_POST
@for_roles(*ROSTER_KEEPERS)
def take_off(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take a shift off the roster."""
    try:
        gone = remove_shift(request.actor, pk)
    except DutyShift.DoesNotExist as missing:
        raise Http404 from missing
    said = _("The shift is off the roster.") if gone else _("The shift ends now.")
    say_with_undo(request, said, REMOVED, pk)
    return redirect("clocks:roster")


@require_GET
@for_roles(*RUNG_ROLES)
def calls(request: ActorRequest) -> HttpResponse:
    """The own open calls, as a fragment of other pages."""
    return render(request, "clocks/_calls.html", {"calls": open_calls(request.actor)})


@require_GET
@for_roles(*RUNG_ROLES)
def call(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One call: what it is about, and who has it."""
    found = own_calls(request.actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    context = {"call": found, "may_open": may_open(found, request.actor.role), "others": who_can_open(found)}
    return render(request, "clocks/call.html", context)


@require_POST
@for_roles(*RUNG_ROLES)
def answer(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take a call; whoever comes second sees who has it."""
    try:
        taken = answer_call(request.actor, pk)
    except DutyCall.DoesNotExist as missing:
        raise Http404 from missing
    except AlreadyAnsweredError as first:
        if first.first != request.actor.user:
            messages.error(request, _("Somebody else was faster."))
    else:
        silent = _("You have it. Nobody else is rung any more.")
        rings_on = _("You have it. Those who can open what it is about are rung until one of them has taken it.")
        messages.success(request, rings_on if taken.is_ringing else silent)
    return redirect("clocks:call", pk)


def _asked_day(request: ActorRequest) -> date:
    try:
        return date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        return timezone.localdate()
