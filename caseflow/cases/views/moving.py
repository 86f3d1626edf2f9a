"""How a case moves on and ends: the stages, and the agreement of a second person where one is needed."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from caseflow.cases import drafting, services
from caseflow.cases.enums import Stage
from caseflow.cases.forms import AnswerForm, AskToCloseForm, MoveForm, ReasonForm
from caseflow.cases.rules import CASE_ROLES, CaseRefused
from caseflow.cases.selectors.scope import case_in_reach
from caseflow.cases.selectors.standing import ways_on
from caseflow.cases.services.reading import open_closing, open_ways
from caseflow.cases.views.changes import GET_POST
from caseflow.cases.views.drafted import done, drafted, status_of
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles


@require_http_methods(GET_POST)
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def move(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Move the case to another stage, or see what is missing before it may go there."""

    def change(given: dict[str, Any]) -> None:
        services.move_case(request.actor, pk, stage=Stage(given["stage"]), reason=given["reason"])

    if request.method == "POST":
        form = MoveForm([way.stage for way in ways_on(case_in_reach(request.actor, pk)).ways], request.POST)
        if done(request, form, change):
            messages.success(request, _("The case has moved on."))
            return redirect("cases:detail", pk)
    file, onward = open_ways(request.actor, pk)
    later = [way for way in onward.ways if way.missing]
    if request.method == "GET":
        form = MoveForm([way.stage for way in onward.ways if not way.missing], waits=bool(later))
    context = {"file": file, "form": form, "later": later, "closing_asked": onward.closing_asked}
    return render(request, "cases/move.html", context, status=422 if form.is_bound else 200)


@require_http_methods(GET_POST)
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def close(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Close the case, or see what stands in the way and who has to agree."""

    def change(given: dict[str, Any]) -> None:
        services.close_case(request.actor, pk, reason=given["reason"])

    form = drafted(request, f"{drafting.CLOSE}-{pk}", ReasonForm)
    if done(request, form, change):
        messages.success(request, _("The case is closed."))
        return redirect("cases:detail", pk)
    return _closing_page(request, pk, close=form)


@require_POST
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def ask_closing(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Ask a lead psychologist to agree that the case is closed."""
    form = AskToCloseForm(case_in_reach(request.actor, pk), request.actor.user.pk, request.POST)

    def change(given: dict[str, Any]) -> None:
        services.ask_to_close(request.actor, pk, membership_id=given["lead"].pk, reason=given["reason"])

    if done(request, form, change):
        messages.success(request, _("The lead psychologist is asked."))
        return redirect("cases:detail", pk)
    return _closing_page(request, pk, ask=form)


@require_POST
@for_roles(Role.LEAD_PSYCHOLOGIST)
@hides_what_is_not_yours
def agree(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Agree: the case is closed."""
    form = AnswerForm(request.POST)
    if done(request, form, lambda given: services.agree_to_close(request.actor, pk, text=given["text"])):
        messages.success(request, _("The case is closed."))
        return redirect("cases:detail", pk)
    return _closing_page(request, pk, answer=form)


@require_POST
@for_roles(Role.LEAD_PSYCHOLOGIST)
@hides_what_is_not_yours
def return_closing(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say what is to be done before the case may be closed."""
    form = AnswerForm(request.POST)
    if done(request, form, lambda given: services.return_closing(request.actor, pk, text=given["text"])):
        messages.success(request, _("The case stays open, and whoever asked is told."))
        return redirect("cases:detail", pk)
    return _closing_page(request, pk, answer=form)


@require_POST
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def take_back(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take the wish to close back."""
    try:
        services.take_back_closing(request.actor, pk)
    except CaseRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The wish to close the case is taken back."))
    return redirect("cases:detail", pk)


def _closing_page(request: ActorRequest, pk: UUID, **sent: forms.Form) -> HttpResponse:
    """The page with the form that fits the case; one that was refused keeps what was typed and says why."""
    file, closing = open_closing(request.actor, pk)
    fresh = {
        "close": ReasonForm(),
        "ask": AskToCloseForm(file.case, request.actor.user.pk),
        "answer": AnswerForm(),
    }
    refused = [form for form in sent.values() if form.is_bound]
    context = {"file": file, "closing": closing, **fresh, **{name: sent[name] for name in sent}, "refused": refused}
    return render(request, "cases/close.html", context, status=max(status_of(form) for form in sent.values()))
