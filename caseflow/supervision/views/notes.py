"""The pages of notes of supervision."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caseflow.cases.views.drafted import done, drafted, status_of
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.supervision import drafting, services
from caseflow.supervision.forms import CorrectionForm, PersonForm, SupervisionForm
from caseflow.supervision.rules import LEADS, READERS, SupervisionRefused
from caseflow.supervision.selectors.notes import (
    cases_to_speak_of,
    led_psychologists,
    notes_in_reach,
    own_supervision,
)
from caseflow.undo.offering import moment_of, say_with_undo

PER_PAGE = 25
DONE = "agreement_done"


@require_GET
@for_roles(*READERS)
def notes(request: ActorRequest) -> HttpResponse:
    """The own notes of a lead, and what was shared with a psychologist, the newest first."""
    page = Paginator(notes_in_reach(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    leads = request.actor.role in LEADS
    form = PersonForm(led_psychologists(request.actor)) if leads else None
    context = {
        "page": page,
        "rows": services.list_notes(request.actor, page),
        "form": form,
        "leads": leads,
        "query": "",
    }
    return render(request, "supervision/notes.html", context)


@require_POST
@for_roles(*LEADS)
@hides_what_is_not_yours
def begin(request: ActorRequest) -> HttpResponse:
    """Go on to a note about the work of somebody."""
    member = request.POST.get("member", "")
    found = services.begin_supervision(request.actor, int(member) if member.isdecimal() and len(member) < 18 else 0)
    return redirect("supervision:write", found.pk)


@require_http_methods(["GET", "POST"])
@for_roles(*LEADS)
@hides_what_is_not_yours
def write(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Write a note."""
    supervision = own_supervision(request.actor, pk)
    make = partial(SupervisionForm, list(cases_to_speak_of(request.actor, supervision)))
    form = drafted(request, f"{drafting.NOTE}-{pk}", make, held_on=timezone.localdate())

    def change(given: dict[str, Any]) -> None:
        services.write_note(request.actor, pk, form.said(), share=given["share"])

    if done(request, form, change):
        messages.success(request, gettext("The note is kept."))
        return redirect("supervision:notes")
    context = {"supervision": supervision, "form": form, "row": None}
    return render(request, "supervision/write.html", context, status=status_of(form))


@require_GET
@for_roles(*READERS)
@hides_what_is_not_yours
def note(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One note with what was agreed."""
    return render(request, "supervision/note.html", {"row": services.open_note(request.actor, pk)})


@require_http_methods(["GET", "POST"])
@for_roles(*LEADS)
@hides_what_is_not_yours
def correct(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Strike one's own note through by a new one."""
    row = services.open_note(request.actor, pk)
    initial = {"held_on": row.note.held_on, "themes": row.themes}
    form = drafted(request, f"{drafting.CORRECTION}-{pk}", CorrectionForm, **initial)

    def change(_given: dict[str, Any]) -> None:
        services.correct_note(request.actor, pk, form.said())

    if done(request, form, change):
        messages.success(request, gettext("The old note is struck through."))
        return redirect("supervision:notes")
    context = {"supervision": row.note.supervision, "form": form, "row": row}
    return render(request, "supervision/write.html", context, status=status_of(form))


@require_POST
@for_roles(*LEADS)
@hides_what_is_not_yours
def share(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Let the psychologist read the note."""
    try:
        services.share_note(request.actor, pk)
    except SupervisionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, gettext("The psychologist reads it from now on, and is told."))
    return redirect("supervision:note", pk)


@require_POST
@for_roles(*READERS)
@hides_what_is_not_yours
def finish(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say that something agreed is done."""
    try:
        agreement = services.finish_agreement(request.actor, pk)
    except SupervisionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        say_with_undo(request, gettext("It is done."), DONE, pk, at=moment_of(agreement.done_at))
    return redirect("supervision:notes")
