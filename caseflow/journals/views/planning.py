"""The plan of a year."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles
from caseflow.journals import services
from caseflow.journals.enums import PlanItemState
from caseflow.journals.forms import EndForm, ExportForm, ItemForm, RemarkForm, year_said
from caseflow.journals.models import PlanItem
from caseflow.journals.rules import JournalRefused
from caseflow.journals.rules.access import PLAN_READERS
from caseflow.journals.selectors.plans import item_of, linkable, period_of_plan
from caseflow.journals.selectors.years import chosen_year, psychologists_of, school_of
from caseflow.journals.services.planning import REMOVED
from caseflow.journals.services.reading import open_plan as open_plan_sheet
from caseflow.journals.wording import plan_state_words
from caseflow.undo.offering import moment_of, say_with_undo

ENDED = "plan_item_ended"

PSYCHOLOGIST, PRINCIPAL = Role.PSYCHOLOGIST, Role.PRINCIPAL


@require_GET
@for_roles(*PLAN_READERS)
def plan(request: ActorRequest) -> HttpResponse:
    """The plan of a year, by direction."""
    return _page(request, RemarkForm(), year_said(request.GET))


@require_http_methods(["GET", "POST"])
@for_roles(PSYCHOLOGIST)
@hides_what_is_not_yours
def new_item(request: ActorRequest) -> HttpResponse:
    """Put an item into the plan."""
    year = chosen_year(school_of(request.actor), year_said(request.POST if request.method == "POST" else request.GET))
    if year is None:
        raise Http404
    return _write(request, year.pk, None)


@require_http_methods(["GET", "POST"])
@for_roles(PSYCHOLOGIST)
@hides_what_is_not_yours
def item(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change an item."""
    found = item_of(request.actor, pk)
    return _write(request, found.plan.year_id, found)


@require_http_methods(["GET", "POST"])
@for_roles(PSYCHOLOGIST)
@hides_what_is_not_yours
def end(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say what became of an item."""
    found = item_of(request.actor, pk)
    held = list(linkable(request.actor, period_of_plan(found.plan)))
    form = EndForm(found, held, request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        appointment = UUID(given["appointment"]) if given["appointment"] else None
        state = PlanItemState(given["state"])
        try:
            ended = services.end_item(request.actor, pk, state, outcome=given["outcome"], appointment=appointment)
        except JournalRefused as refused:
            form.add_error("outcome", str(refused))
        else:
            said = _("It is recorded what became of the planned work.")
            say_with_undo(request, said, ENDED, pk, at=moment_of(ended.ended_at))
            return redirect(_url(found.plan.year_id))
    context = {"item": found, "form": form}
    return render(request, "journals/end.html", context, status=422 if form.errors else 200)


@require_POST
@for_roles(PSYCHOLOGIST)
@hides_what_is_not_yours
def remove(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take an item out of the plan."""
    year = item_of(request.actor, pk).plan.year_id
    try:
        services.remove_item(request.actor, pk)
    except JournalRefused as refused:
        messages.error(request, str(refused))
    else:
        say_with_undo(request, _("The item is taken out of the plan."), REMOVED, pk)
    return redirect(_url(year))


@require_POST
@for_roles(PSYCHOLOGIST)
@hides_what_is_not_yours
def copy(request: ActorRequest) -> HttpResponse:
    """Take over the plan of the year before."""
    year = _sent_year(request)

    def act() -> str:
        number = services.copy_plan(request.actor, year)
        said = ngettext("%(number)s item was taken over.", "%(number)s items were taken over.", number)
        return said % {"number": number}

    return _act(request, year, act)


@require_POST
@for_roles(PSYCHOLOGIST)
@hides_what_is_not_yours
def send(request: ActorRequest) -> HttpResponse:
    """Give the plan to the principal."""
    year = _sent_year(request)
    return _act(request, year, lambda: services.send_plan(request.actor, year), _("The plan waits for the principal."))


@require_POST
@for_roles(PSYCHOLOGIST)
@hides_what_is_not_yours
def open_plan(request: ActorRequest) -> HttpResponse:
    """Write on a plan that was sent or approved."""
    year = _sent_year(request)
    done = _("The plan is open for changes. It has to be approved anew.")
    return _act(request, year, lambda: services.open_plan_for_changes(request.actor, year), done)


@require_POST
@for_roles(PRINCIPAL)
@hides_what_is_not_yours
def approve(request: ActorRequest) -> HttpResponse:
    """Approve a plan."""
    year = _sent_year(request)
    return _act(request, year, lambda: services.approve_plan(request.actor, year), _("The plan is approved."))


@require_POST
@for_roles(PRINCIPAL)
@hides_what_is_not_yours
def give_back(request: ActorRequest) -> HttpResponse:
    """Give a plan back with what is to be changed."""
    year, form = _sent_year(request), RemarkForm(request.POST)
    if not form.is_valid():
        return _page(request, form, year)
    remark = form.cleaned_data["remark"]
    done = _("The plan goes back to the psychologist.")
    return _act(request, year, lambda: services.return_plan(request.actor, year, remark=remark), done)


def _page(request: ActorRequest, remark: RemarkForm, year: int | None) -> HttpResponse:
    sheet = open_plan_sheet(request.actor, year)
    context = {"sheet": sheet, "state": plan_state_words(sheet.plan), "remark": remark, "export": ExportForm()}
    return render(request, "journals/plan.html", context, status=422 if remark.errors else 200)


def _write(request: ActorRequest, year: int, found: PlanItem | None) -> HttpResponse:
    people = list(psychologists_of(school_of(request.actor)))
    form = ItemForm(people, request.actor.user.pk, found, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.write_item(request.actor, year, form.item(), item_id=found.pk if found else None)
        except JournalRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("It stands in the plan."))
            return redirect(_url(year))
    context = {"item": found, "form": form, "year": year}
    return render(request, "journals/item.html", context, status=422 if form.errors else 200)


def _act(request: ActorRequest, year: int, act: Callable[[], Any], done: str = "") -> HttpResponse:
    """Do it and say so, or say why not; `act` may say itself what was done."""
    try:
        said = act()
    except JournalRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done or str(said))
    return redirect(_url(year))


def _sent_year(request: ActorRequest) -> int:
    return year_said(request.POST) or 0


def _url(year: int) -> str:
    return f"{reverse('journals:plan')}?year={year}"
