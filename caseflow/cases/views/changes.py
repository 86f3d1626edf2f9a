"""The pages on which a case is changed: each asks one form and makes one domain call."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from caseflow.cases import drafting, services
from caseflow.cases.enums import RiskLevel
from caseflow.cases.forms import AssignForm, CorrectionForm, NoteForm, ReasonForm, RiskForm, TaskForm
from caseflow.cases.rules import CASE_ROLES, PupilHasOpenCase
from caseflow.cases.selectors.chronology import text_of_own_note
from caseflow.cases.selectors.scope import case_in_reach
from caseflow.cases.services.reading import open_case_file
from caseflow.cases.services.taking_back import TASK_GIVEN
from caseflow.cases.views.drafted import done, drafted, status_of
from caseflow.cases.views.pages import case_page
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles
from caseflow.undo.offering import moment_of, say_with_undo

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from caseflow.cases.forms.seen import SeenForm
    from caseflow.cases.models import Task

GET_POST = ["GET", "POST"]


@dataclass(frozen=True, slots=True)
class Ask:
    """The words around a form; `part` names the page in the log."""

    part: str
    title: "StrPromise"
    submit: "StrPromise"
    done: "StrPromise"


RISK = Ask("risk", _("Assess the risk"), _("Record the assessment"), _("The assessment is recorded."))
CORRECT = Ask("correct", _("Correct a note"), _("Add the correction"), _("The old note is struck through."))
TASK = Ask("task", _("New task"), _("Give the task"), _("The task is given."))
REOPEN = Ask("reopen", _("Reopen the case"), _("Reopen the case"), _("The case is open again."))
ASSIGN = Ask("assign", _("Give the case to somebody"), _("Give the case"), _("The case is given, they are told."))


@require_POST
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def note(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Add a note to the chronology."""
    form = drafted(request, f"{drafting.NOTE}-{pk}", NoteForm)

    def add(given: dict[str, Any]) -> None:
        services.add_note(request.actor, pk, **given)

    return redirect("cases:detail", pk) if done(request, form, add) else case_page(request, pk, form)


@require_http_methods(GET_POST)
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def correct(request: ActorRequest, pk: UUID, entry: UUID) -> HttpResponse:
    """Strike one's own note through by a new one."""
    old = text_of_own_note(request.actor, pk, entry)
    form = drafted(request, f"{drafting.CORRECTION}-{entry}", CorrectionForm, text=old)

    def change(given: dict[str, Any]) -> None:
        services.correct_note(request.actor, pk, entry, after=form.seen_key, **given)

    return _ask(request, pk, form, CORRECT, change)


@require_http_methods(GET_POST)
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def risk(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Record an assessment and with it the risk level."""
    form = drafted(request, f"{drafting.RISK}-{pk}", RiskForm)

    def change(given: dict[str, Any]) -> None:
        said = {**given, "level": RiskLevel(given["level"])}
        if form.says_what_was_seen:
            services.assess_after(request.actor, pk, after=form.seen_key, **said)
        else:
            services.set_risk(request.actor, pk, **said)

    return _ask(request, pk, form, RISK, change)


@require_http_methods(GET_POST)
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def task(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give somebody around the case a task."""
    made: list[Task] = []

    def change(given: dict[str, Any]) -> None:
        wanted = {"title": given["title"], "membership_id": given["owner"].pk, "due_at": given["due_at"]}
        made.append(services.add_task(request.actor, pk, **wanted))

    def say() -> None:
        facts = {"at": moment_of(made[0].created_at), "owner": str(made[0].owner_id)}
        say_with_undo(request, str(TASK.done), TASK_GIVEN, made[0].pk, **facts)

    make = partial(TaskForm, case_in_reach(request.actor, pk), me=request.actor.membership)
    return _ask(request, pk, drafted(request, f"{drafting.TASK}-{pk}", make), TASK, change, say)


@require_http_methods(GET_POST)
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def reopen(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Open a closed case again."""

    def change(given: dict[str, Any]) -> None:
        services.reopen_case(request.actor, pk, reason=given["reason"])

    return _ask(request, pk, drafted(request, f"{drafting.REOPEN}-{pk}", ReasonForm), REOPEN, change)


@require_http_methods(GET_POST)
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def assign(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give the case to another psychologist, or let a lead psychologist in."""

    def change(given: dict[str, Any]) -> None:
        member = given["member"]
        services.assign_case(request.actor, pk, member.user_id, role=Role(member.role))

    return _ask(request, pk, AssignForm(case_in_reach(request.actor, pk), request.POST or None), ASSIGN, change)


@require_http_methods(GET_POST)
@for_roles(Role.PSYCHOLOGIST)
@hides_what_is_not_yours
def open_for(request: ActorRequest, pupil: UUID) -> HttpResponse:
    """Open a case for a pupil of the school by hand; a pupil who has one leads to it."""
    found = request.actor.pupils().select_related("school_class").get(pk=pupil)
    form = ReasonForm(request.POST or None)
    try:
        if form.is_valid():
            case = services.open_case(request.actor, pupil_id=pupil, reason=form.cleaned_data["reason"])
            return redirect("cases:detail", case.pk)
    except PupilHasOpenCase as present:
        messages.info(request, str(present))
        return redirect("cases:detail", present.case_id)
    return render(request, "cases/open.html", {"pupil": found, "form": form}, status=422 if form.is_bound else 200)


def _ask(
    request: ActorRequest,
    pk: UUID,
    form: forms.Form,
    ask: Ask,
    change: Callable[[dict[str, Any]], None],
    say: Callable[[], None] | None = None,
) -> HttpResponse:
    """Show the form, or make the change it asks for and go back to the case, or to the page that `back` names.

    `say` tells on the next page that it is done, for what can be undone.
    """
    if done(request, form, change):
        if say:
            say()
        else:
            messages.success(request, ask.done)
        back = request.GET.get("back", "")
        return redirect(back) if url_has_allowed_host_and_scheme(back, None) else redirect("cases:detail", pk)
    file = open_case_file(request.actor, pk, part=ask.part)
    if ask is RISK and file.current:
        cast("SeenForm", form).newest = file.current.pk
    context = {"file": file, "form": form, "ask": ask}
    return render(request, "cases/form.html", context, status=status_of(form))
