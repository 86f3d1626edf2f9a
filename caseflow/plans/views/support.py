"""The pages on which a support plan is changed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from caseflow.cases.selectors.scope import case_in_reach
from caseflow.cases.views.changes import Ask
from caseflow.cases.views.drafted import done
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.plans import services
from caseflow.plans.enums import GoalState
from caseflow.plans.forms import EndGoalForm, GoalForm, MeasureForm
from caseflow.plans.rules import CASE_WORKERS
from caseflow.plans.services.reading import open_goal, open_to_set_goal
from caseflow.undo.offering import moment_of, say_with_undo

GOAL = Ask("goal", _("New goal"), _("Set the goal"), _("The goal is set."))
MEASURE = Ask("measure", _("New measure"), _("Set the measure"), _("The measure is set, its owner is told."))
ENDED = "goal_ended"
END = Ask("end-goal", _("End a goal"), _("Keep it"), _("The goal has ended."))


@require_http_methods(["GET", "POST"])
@for_roles(*CASE_WORKERS)
@hides_what_is_not_yours
def goal(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Set a goal."""

    def change(given: dict[str, Any]) -> None:
        services.set_goal(request.actor, pk, title=given["title"], shown_by=given["shown_by"])

    return _ask(request, pk, None, GoalForm(request.POST or None), GOAL, change)


@require_http_methods(["GET", "POST"])
@for_roles(*CASE_WORKERS)
@hides_what_is_not_yours
def measure(request: ActorRequest, pk: UUID, goal: UUID) -> HttpResponse:
    """Give somebody a task that serves a goal."""

    def change(given: dict[str, Any]) -> None:
        services.add_measure(
            request.actor,
            pk,
            goal,
            title=given["title"],
            expected=given["expected"],
            membership_id=given["owner"].pk,
            due_at=given["due_at"],
        )

    form = MeasureForm(case_in_reach(request.actor, pk), request.POST or None)
    return _ask(request, pk, goal, form, MEASURE, change)


@require_http_methods(["GET", "POST"])
@for_roles(*CASE_WORKERS)
@hides_what_is_not_yours
def end(request: ActorRequest, pk: UUID, goal: UUID) -> HttpResponse:
    """Say that a goal is reached or given up."""

    def change(given: dict[str, Any]) -> None:
        ended = services.end_goal(request.actor, pk, goal, state=GoalState(given["state"]), reason=given["reason"])
        say_with_undo(request, str(END.done), ENDED, goal, at=moment_of(ended.ended_at))

    return _ask(request, pk, goal, EndGoalForm(request.POST or None), END, change, tells=True)


def _ask(
    request: ActorRequest,
    pk: UUID,
    goal_id: UUID | None,
    form: forms.Form,
    ask: Ask,
    change: Callable[[dict[str, Any]], None],
    *,
    tells: bool = False,
) -> HttpResponse:
    """Show the form, or make the change it asks for, which `tells` of itself or not, and go back to the plans."""
    if done(request, form, change):
        if not tells:
            messages.success(request, ask.done)
        return redirect("plans:case", pk)
    case, row = open_goal(request.actor, pk, goal_id) if goal_id else (open_to_set_goal(request.actor, pk), None)
    context = {"case": case, "row": row, "form": form, "ask": ask}
    return render(request, "plans/form.html", context, status=422 if form.is_bound else 200)
