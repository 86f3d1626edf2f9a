"""What was done at an appointment, and to whom a result was explained: fragments on those pages, and their forms."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from caseflow.cases.rules import CASE_ROLES
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles
from caseflow.journals import services
from caseflow.journals.forms import ResultForm, work_form
from caseflow.journals.rules import JournalRefused
from caseflow.journals.services.recording import OpenedResult, OpenedWork, open_result, open_work


@require_GET
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def of_appointment(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What was done at an appointment, for its page; nothing where it stands in no journal."""
    opened = open_work(request.actor, pk)
    return render(request, "journals/_work.html", _work_context(opened) if opened.is_work else {})


@require_http_methods(["GET", "POST"])
@for_roles(Role.PSYCHOLOGIST)
@hides_what_is_not_yours
def record(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say what was done at an appointment that was held."""
    opened = open_work(request.actor, pk)
    if not opened.is_work or not opened.may_write:
        messages.error(request, _("Nothing can be recorded of this appointment: it was not held, or was erased."))
        return redirect("appointments:detail", pk)
    form = work_form(opened.appointment, opened.work, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.record_work(request.actor, pk, form.work())
        except JournalRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("What was done stands in the journal."))
            return redirect("appointments:detail", pk)
    context = {"opened": opened, "form": form}
    return render(request, "journals/record.html", context, status=422 if form.errors else 200)


@require_GET
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def of_questionnaire(request: ActorRequest, pk: UUID) -> HttpResponse:
    """To whom the result of a questionnaire was explained, for its page."""
    opened = open_result(request.actor, pk)
    return render(request, "journals/_result.html", {"opened": opened, "form": _result_form(opened)})


@require_http_methods(["GET", "POST"])
@for_roles(Role.PSYCHOLOGIST)
@hides_what_is_not_yours
def result(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say what a finished questionnaire was given for, and to whom its result was explained."""
    opened = open_result(request.actor, pk)
    form = ResultForm(opened.explained, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.record_result(request.actor, pk, **form.cleaned_data)
        except JournalRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("It stands in the journal of diagnostics."))
            return redirect("instruments:administration", pk)
    context = {"opened": opened, "form": form}
    return render(request, "journals/result.html", context, status=422 if form.errors else 200)


def _work_context(opened: OpenedWork) -> dict[str, object]:
    return {"opened": opened, "form": work_form(opened.appointment, opened.work)}


def _result_form(opened: OpenedResult) -> ResultForm:
    return ResultForm(opened.explained)
