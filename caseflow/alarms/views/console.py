"""The operator's console: the alarms of the centre, one open beside them, each step one key."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from caseflow.accounts.services.sessions import is_locked, keep_watch, sign_out
from caseflow.alarms.enums import OFFERED_FINDINGS
from caseflow.alarms.forms import LineForm
from caseflow.alarms.models import Alarm
from caseflow.alarms.selectors.board import board_of
from caseflow.alarms.selectors.reading import SHOWN
from caseflow.alarms.selectors.scheme import map_of
from caseflow.alarms.selectors.scope import scoped_alarms
from caseflow.alarms.services import (
    BadAlarmError,
    accept,
    arrive,
    classify,
    close,
    colleagues,
    dispatch,
    hand_over,
    held_by,
    mark_delivered,
    open_alarm,
    say,
    take_over,
    treat_as_real,
)
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import Actor, ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles

CHANGED = "alarms:changed"
STEPS: dict[str, Callable[[Actor, UUID, HttpRequest], Alarm]] = {
    "accept": lambda actor, pk, request: accept(actor, pk),
    "take_over": lambda actor, pk, request: take_over(actor, pk),
    "dispatch": lambda actor, pk, request: dispatch(actor, pk, request.POST.get("patrol", "")),
    "arrive": lambda actor, pk, request: arrive(actor, pk),
    "classify": lambda actor, pk, request: classify(actor, pk, request.POST.get("finding", "")),
    "treat_as_real": lambda actor, pk, request: treat_as_real(actor, pk),
    "close": lambda actor, pk, request: close(actor, pk),
}


@require_GET
@for_roles(Role.POLICE_OPERATOR)
def console(request: ActorRequest) -> HttpResponse:
    """All three columns; the alarm named in the address, else the first one, is open."""
    return _console(request)


@require_POST
@for_roles(Role.POLICE_OPERATOR)
def end_shift(request: ActorRequest) -> HttpResponse:
    """Hand the held alarms over to a colleague and sign out."""
    chosen = request.POST.get("to", "")
    try:
        hand_over(request.actor, int(chosen) if chosen.isdecimal() else None)
    except BadAlarmError as error:
        return _console(request, shift_refused=str(error), status=422)
    sign_out(request)
    return redirect("accounts:login")


@require_GET
@for_roles(Role.POLICE_OPERATOR)
def listed(request: ActorRequest) -> HttpResponse:
    """The list of alarms anew."""
    return render(request, "alarms/_list.html", {"board": board_of(request.actor)})


@require_GET
@for_roles(Role.POLICE_OPERATOR)
def scheme(request: ActorRequest) -> HttpResponse:
    """The map anew."""
    return render(request, "alarms/_map.html", {"map": map_of(board_of(request.actor))})


@require_POST
@for_roles(Role.POLICE_OPERATOR)
def delivered(request: ActorRequest) -> HttpResponse:
    """These alarms stand on this screen now."""
    mark_delivered(request.actor, _uuids(request.POST.getlist("alarm")))
    return HttpResponse(status=204)


@require_GET
@for_roles(Role.POLICE_OPERATOR)
@hides_what_is_not_yours
def detail(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One alarm: clocks, place, steps, chat; of a locked session what it takes to accept it."""
    return _shown(request, pk)


@require_POST
@for_roles(Role.POLICE_OPERATOR)
@hides_what_is_not_yours
def step(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take a step; what cannot be done now is said above the unchanged alarm."""
    take = STEPS.get(request.POST.get("step", ""))
    if take is None:
        return _shown(request, pk, refused=_("No such step"), status=422)
    if is_locked(request) and request.POST["step"] != "accept":
        return _shown(request, pk, status=409)
    try:
        take(request.actor, pk, request)
    except BadAlarmError as error:
        return _shown(request, pk, refused=str(error), status=409)
    return _shown(request, pk)


@require_POST
@for_roles(Role.POLICE_OPERATOR)
@hides_what_is_not_yours
def speak(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A line to the school."""
    form = LineForm(request.POST)
    if not form.is_valid():
        return _shown(request, pk, form=form, status=422)
    try:
        say(request.actor, pk, form.cleaned_data["text"])
    except BadAlarmError as error:
        return _shown(request, pk, refused=str(error), status=409)
    return _shown(request, pk)


def _console(request: ActorRequest, *, shift_refused: str = "", status: int = 200) -> HttpResponse:
    keep_watch(request)
    held, board = held_by(request.actor).count(), board_of(request.actor)
    context = {
        "board": board,
        "map": map_of(board),
        "held": held,
        "colleagues": colleagues(request.actor) if held else (),
        "shift_refused": shift_refused,
    }
    return render(request, "alarms/console.html", context, status=status)


def _shown(
    request: ActorRequest, pk: UUID, *, refused: str = "", form: LineForm | None = None, status: int = 200
) -> HttpResponse:
    if is_locked(request):
        context = {"alarm": scoped_alarms(request.actor).select_related(*SHOWN).get(pk=pk), "refused": refused}
        return _answer(request, "alarms/_locked.html", context, status)
    view = open_alarm(request.actor, pk)
    context = {"view": view, "alarm": view.alarm, "findings": OFFERED_FINDINGS, "refused": refused}
    context["form"] = form or LineForm()
    return _answer(request, "alarms/_detail.html", context, status)


def _answer(request: ActorRequest, template: str, context: dict[str, Any], status: int) -> HttpResponse:
    response = render(request, template, context, status=status)
    if request.method == "POST":
        response["HX-Trigger"] = CHANGED
    return response


def _uuids(values: list[str]) -> list[UUID]:
    found = []
    for value in values:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found
