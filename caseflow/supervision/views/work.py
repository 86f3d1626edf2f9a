"""The work of one psychologist, and handing it over: seen first, then done."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.clocks.texts import away_in_words
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.directory.models import Membership
from caseflow.supervision import services
from caseflow.supervision.forms import ReassignForm
from caseflow.supervision.rules import LEADS, SupervisionRefused
from caseflow.supervision.selectors.work import Work, absences_of_successors
from caseflow.supervision.services.giving_back import facts_of
from caseflow.supervision.services.reassigning import Plan
from caseflow.undo.offering import say_with_undo

HANDED_OVER = "work_handed_over"


@require_http_methods(["GET", "POST"])
@for_roles(*LEADS)
@hides_what_is_not_yours
def work(request: ActorRequest, school: int, user: int) -> HttpResponse:
    """What somebody has at a school; sent once it is looked at, sent again it is handed over."""
    found = services.open_work(request.actor, school, user)
    form = _form(found, request)
    if request.method == "GET" or not form.is_valid() or "back" in request.POST:
        return _page(request, found, form, None)
    chosen, given = form.chosen(), form.cleaned_data
    try:
        if not given["seen"]:
            return _page(request, found, form, services.plan_reassignment(request.actor, school, user, chosen))
        plan = services.reassign(request.actor, school, user, chosen, reason=given["reason"], seen=given["seen"])
    except services.PlanChanged as changed:
        form.add_error(None, str(changed))
        return _page(request, found, form, changed.plan)
    except SupervisionRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, found, form, None)
    _say_done(request, plan)
    return redirect("supervision:board")


def _say_done(request: ActorRequest, plan: Plan) -> None:
    said = gettext("Handed over: %(number)s. Everybody concerned is told.") % {"number": len(plan.going)}
    facts = facts_of(plan)
    if facts is None:
        messages.success(request, said)
    else:
        say_with_undo(request, said, HANDED_OVER, plan.work.user.pk, **facts)


def _form(found: Work, request: ActorRequest) -> ReassignForm:
    away = absences_of_successors(found)
    return ReassignForm(
        [str(row.case.pk) for row in found.cases],
        [str(task.pk) for task in found.tasks],
        [(one.pk, _named(one, away_in_words(away[one.pk]) if one.pk in away else "")) for one in found.successors],
        request.POST or None,
    )


def _named(member: Membership, away: str) -> str:
    name = f"{member.user.short_name}, {member.get_role_display()}"
    return f"{name} · {away}" if away else name


def _page(request: ActorRequest, found: Work, form: ReassignForm, plan: Plan | None) -> HttpResponse:
    status = 422 if form.errors else 200
    if plan and form.errors:
        status = 409
    context = {"work": found, "form": form, "plan": plan, "undoable": plan and facts_of(plan) is not None}
    template = "supervision/preview.html" if plan else "supervision/work.html"
    return render(request, template, context, status=status)
