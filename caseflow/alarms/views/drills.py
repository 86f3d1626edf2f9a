"""The drill officer's plan, and one drill on the officer's phone. Nobody else sees a coming drill (rule 20)."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caseflow.alarms.forms import DrillForm, MomentForm
from caseflow.alarms.selectors.buttons import term
from caseflow.alarms.selectors.drills import WINDOW, coming_drills, drillable, held_drills, row_of, scoped_drills
from caseflow.alarms.selectors.figures import figures_of, period
from caseflow.alarms.services import BadDrillError, arm_drill, cancel_drill, disarm_drill, move_drill, plan_drill
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import Actor, ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles

Change = Callable[[Actor, UUID], object]


@require_http_methods(["GET", "POST"])
@for_roles(Role.DRILL_OFFICER)
def plan(request: ActorRequest) -> HttpResponse:
    """The coming drills and those held lately; POST plans one more."""
    form = DrillForm(drillable(request.actor), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            plan_drill(request.actor, form.cleaned_data["device"].pk, form.cleaned_data["at"])
        except BadDrillError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The drill is planned."))
            return redirect("alarms:drills")
    context = {"coming": coming_drills(request.actor), "held": held_drills(request.actor), "form": form}
    return render(request, "alarms/drills.html", context, status=422 if form.errors else 200)


@require_GET
@for_roles(Role.DRILL_OFFICER)
@hides_what_is_not_yours
def one(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One drill: where, when, armed or not; the page for the way to the school."""
    return _shown(request, pk)


@require_POST
@for_roles(Role.DRILL_OFFICER)
@hides_what_is_not_yours
def move(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Another moment."""
    form = MomentForm(request.POST)
    if not form.is_valid():
        return _shown(request, pk, form=form)
    at = form.cleaned_data["at"]
    return _changed(request, pk, lambda actor, drill: move_drill(actor, drill, at), _("The drill is moved."))


@require_POST
@for_roles(Role.DRILL_OFFICER)
@hides_what_is_not_yours
def cancel(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Not then."""
    try:
        cancel_drill(request.actor, pk)
    except BadDrillError as refused:
        messages.error(request, str(refused))
        return redirect("alarms:drill", pk)
    messages.success(request, _("The drill is cancelled. For a fixed button another moment is drawn."))
    return redirect("alarms:drills")


@require_POST
@for_roles(Role.DRILL_OFFICER)
@hides_what_is_not_yours
def arm(request: ActorRequest, pk: UUID) -> HttpResponse:
    """From now on the first press of this one device is the drill."""
    return _changed(request, pk, arm_drill, "")


@require_POST
@for_roles(Role.DRILL_OFFICER)
@hides_what_is_not_yours
def disarm(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The next press is real again."""
    return _changed(request, pk, disarm_drill, "")


@require_GET
@for_roles(Role.DRILL_OFFICER, Role.POLICE_OPERATOR)
def figures(request: ActorRequest) -> HttpResponse:
    """How fast alarms are answered, drills apart."""
    first, end = period(timezone.now())
    context = {"districts": figures_of(request.actor), "first": first, "last": end - timedelta(days=1)}
    return render(request, "alarms/figures.html", context)


def _changed(request: ActorRequest, pk: UUID, change: Change, said: str) -> HttpResponse:
    try:
        change(request.actor, pk)
    except BadDrillError as refused:
        messages.error(request, str(refused))
    else:
        if said:
            messages.success(request, said)
    return redirect("alarms:drill", pk)


def _shown(request: ActorRequest, pk: UUID, form: MomentForm | None = None) -> HttpResponse:
    drill = scoped_drills(request.actor).get(pk=pk)
    context = {
        "row": row_of(drill, timezone.now()),
        "form": form or MomentForm(initial={"at": timezone.localtime(drill.planned_at)}),
        "window": int(term(WINDOW).total_seconds() // 60),
    }
    return render(request, "alarms/drill.html", context, status=422 if form else 200)
