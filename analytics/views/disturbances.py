"""Clips of unusual motion: looked at and answered by those who decide, sent to the police centre by a human alone."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from analytics.enums import DisturbanceAnswer, Feature
from analytics.rules.clips import ClipRefusedError
from analytics.rules.disturbances import FEWEST_ANSWERS, DisturbanceRefusedError
from analytics.rules.readers import PUBLISHED_TO
from analytics.selectors.disturbances import precisions, shown_disturbance
from analytics.selectors.switching import current_card
from analytics.services.disturbances import answer_disturbance, open_covered, open_sharp, send_to_centre, sharpen
from analytics.views.ranges import starts_at_the_beginning, video
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles
from caseflow.incidents.rules import DECIDERS

LOOKERS = (*DECIDERS, Role.POLICE_OPERATOR)


@require_GET
@for_roles(*PUBLISHED_TO)
def cameras(request: ActorRequest) -> HttpResponse:
    """How often what each camera showed was something, from the answers."""
    context = {
        "precisions": precisions(request.actor),
        "card": current_card(Feature.DISTURBANCE),
        "fewest": FEWEST_ANSWERS,
    }
    return render(request, "analytics/disturbance_cameras.html", context)


@require_GET
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def one(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One clip with the three answers."""
    return _one(request, pk)


@require_POST
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def answer(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say what it shows. What is ordinary leads on to what waits next, anything else to what can be done about it."""
    try:
        answered = answer_disturbance(request.actor, pk, request.POST.get("answer", ""), _uuid(request, "report"))
    except DisturbanceRefusedError as refused:
        return _one(request, pk, {"refused": refused.text, "refused_at": "answer"}, status=422)
    if answered.incident is None:
        messages.success(request, _("Answered. The clip goes within a day."))
        return redirect("triage:today")
    number = answered.incident.number
    messages.success(request, _("Answered. It belongs to report no. %(number)s now.") % {"number": number})
    return redirect("analytics:disturbance", pk)


@require_POST
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def send(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Send it to the police centre."""
    try:
        send_to_centre(request.actor, pk, confirmed=request.POST.get("confirmed") == "yes")
    except DisturbanceRefusedError as refused:
        return _one(request, pk, {"refused": refused.text, "refused_at": "send"}, status=422)
    messages.success(request, _("Sent to the police centre."))
    return redirect("analytics:disturbance", pk)


@require_GET
@for_roles(*LOOKERS)
@hides_what_is_not_yours
def covered(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The file of the pixelated clip; who looked is recorded."""
    return video(request, open_covered(request.actor, pk, begins=starts_at_the_beginning(request)))


@require_POST
@for_roles(*LOOKERS)
@hides_what_is_not_yours
def sharp(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The clip without pixelation, for a reason; on the console as a fragment."""
    reason = request.POST.get("reason", "")
    try:
        more, status = {"given": sharpen(request.actor, pk, reason)}, 200
    except ClipRefusedError as refused:
        more, status = {"refused": str(refused.text), "refused_at": "sharp", "typed": reason}, 422
    shows = _sent if request.actor.role == Role.POLICE_OPERATOR else _one
    return shows(request, pk, more, status=status)


@require_GET
@for_roles(*LOOKERS)
@hides_what_is_not_yours
def uncovered(request: ActorRequest, pk: UUID, given: str) -> HttpResponse:
    """The file of the clip without pixelation, for a quarter of an hour after the reason was given."""
    return video(request, open_sharp(request.actor, pk, given, begins=starts_at_the_beginning(request)))


@require_GET
@for_roles(Role.POLICE_OPERATOR)
@hides_what_is_not_yours
def sent(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The clip as the operator's console shows it."""
    return _sent(request, pk)


def _one(request: ActorRequest, pk: UUID, more: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    context = {"shown": shown_disturbance(request.actor, pk), "answers": DisturbanceAnswer} | (more or {})
    return render(request, "analytics/disturbance.html", context, status=status)


def _sent(request: ActorRequest, pk: UUID, more: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    context = {"shown": shown_disturbance(request.actor, pk)} | (more or {})
    return render(request, "analytics/_disturbance_sent.html", context, status=status)


def _uuid(request: ActorRequest, name: str) -> UUID | None:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        return None
