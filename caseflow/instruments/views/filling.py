"""Filling in on the psychologist's own screen, codes for others, and the end."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caseflow.cases.rules import CASE_ROLES
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.instruments import services
from caseflow.instruments.forms import entered
from caseflow.instruments.rules.refusals import InstrumentRefused
from caseflow.instruments.selectors.sheets import Sheet


@require_http_methods(["GET", "POST"])
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def sheet(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The questions with what was entered so far. Each change is kept at once; htmx gets the form alone."""
    if request.method != "POST":
        return _open(request, pk)
    ends = "finish" in request.POST
    try:
        filled = services.save_answers(request.actor, pk, entered(request.POST), ends=ends)
    except InstrumentRefused as refusal:
        return _open(request, pk, refused=str(refusal))
    return _to_result(request, pk) if ends else _shown(request, filled)


@require_POST
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def code(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A new code, shown this once."""
    try:
        given = services.renew_code(request.actor, pk)
    except InstrumentRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("instruments:administration", pk)
    return render(request, "instruments/code.html", {"given": given})


@require_POST
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def stop(request: ActorRequest, pk: UUID) -> HttpResponse:
    """End it as it stands."""
    try:
        services.stop(request.actor, pk)
        messages.success(request, _("The questionnaire is stopped."))
    except InstrumentRefused as refusal:
        messages.info(request, str(refusal))
    return redirect("instruments:administration", pk)


def _open(request: ActorRequest, pk: UUID, refused: str = "") -> HttpResponse:
    """The form as it is kept; what has ended leads to what it came to."""
    try:
        filled = services.open_sheet(request.actor, pk)
    except InstrumentRefused as refusal:
        messages.info(request, str(refusal))
        return _to_result(request, pk)
    return _shown(request, filled, refused)


def _to_result(request: ActorRequest, pk: UUID) -> HttpResponse:
    target = reverse("instruments:administration", args=[pk])
    return HttpResponse(headers={"HX-Redirect": target}) if _is_fragment(request) else redirect(target)


def _shown(request: ActorRequest, filled: Sheet, refused: str = "") -> HttpResponse:
    template = "instruments/_sheet.html" if _is_fragment(request) else "instruments/sheet.html"
    context = {"sheet": filled, "refused": refused, "is_saved": request.method == "POST" and not refused}
    return render(request, template, context, status=422 if refused else 200)


def _is_fragment(request: ActorRequest) -> bool:
    return "HX-Request" in request.headers
