"""What is found of the acts between two pupils, and what the pupil concerned answers."""

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
from caseflow.incidents.finding_forms import AnswerForm, BullyingForm, TakeBackForm
from caseflow.incidents.rules import DECIDERS
from caseflow.incidents.services import BadReportError, confirm_bullying, note_answer, take_back_bullying
from caseflow.incidents.views.page import incident_page


@require_POST
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def confirm(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Record that bullying is confirmed."""
    form = BullyingForm(request.POST, auto_id="bullying-%s")
    if not form.is_valid():
        return incident_page(request, pk, bullying=form)
    said, harmed = form.cleaned_data["pair"]
    try:
        confirm_bullying(request.actor, pk, said_id=said, harmed_id=harmed, override=form.cleaned_data["override"])
    except BadReportError as refused:
        form.add_error("override", str(refused))
        return incident_page(request, pk, bullying=form)
    messages.success(request, _("Recorded: bullying is confirmed."))
    return redirect(_at(pk, "bullying"))


@require_POST
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def take_back(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take a finding back; both stay on record."""
    form = TakeBackForm(request.POST, auto_id="take-back-%s")
    if not form.is_valid():
        return incident_page(request, pk, take_back=form)
    said = form.cleaned_data
    try:
        take_back_bullying(request.actor, pk, said["finding"], reason=said["reason"])
    except BadReportError as refused:
        form.add_error("reason", str(refused))
        return incident_page(request, pk, take_back=form)
    messages.success(request, _("Taken back. Both stay on record."))
    return redirect(_at(pk, "bullying"))


@require_POST
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def answers(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Note what a pupil concerned answers."""
    form = AnswerForm(request.POST, auto_id="answer-%s")
    if not form.is_valid():
        return incident_page(request, pk, answer=form)
    said = form.cleaned_data
    note_answer(
        request.actor,
        pk,
        said["party"],
        answerer=said["answerer"],
        text=said["text"],
        asks_correction=said["asks_correction"],
    )
    messages.success(request, _("Noted."))
    return redirect(_at(pk, "answers"))


def _at(pk: UUID, part: str) -> str:
    return f"{reverse('incidents:detail', args=[pk])}#{part}"
