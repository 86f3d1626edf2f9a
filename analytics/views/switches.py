from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from analytics.enums import Feature, Mode
from analytics.forms import SwitchForm
from analytics.rules.refusals import RefusedError
from analytics.selectors.switching import switchboard
from analytics.services.switching import stop_everything, turn_switch
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles


@require_GET
@for_roles(Role.LEAD_PSYCHOLOGIST, Role.SYSTEM_ADMIN)
def page(request: ActorRequest) -> HttpResponse:
    """The switches of a feature at the schools one leads, and the one of the whole installation."""
    return render(request, "analytics/switch.html", _context(request, _feature(request.GET.get("feature", ""))))


@require_POST
@for_roles(Role.LEAD_PSYCHOLOGIST)
@hides_what_is_not_yours
def turn(request: ActorRequest, school: int) -> HttpResponse:
    """Switch a school; a refusal says what is missing."""
    form = SwitchForm(request.POST)
    if not form.is_valid():
        return _again(request, school, form)
    try:
        turn_switch(request.actor, school, *form.turn())
    except RefusedError as refused:
        form.add_error(None, str(refused.text))
        return _again(request, school, form)
    return redirect(f"{reverse('analytics:switch')}?feature={_feature(request.POST.get('feature', ''))}")


@require_POST
@for_roles(Role.SYSTEM_ADMIN)
def everything(request: ActorRequest) -> HttpResponse:
    """Stop everything everywhere, or let the schools' switches hold again."""
    stop_everything(request.actor, stopped=request.POST.get("mode") != Mode.ACTIVE)
    return redirect("analytics:switch")


def _again(request: ActorRequest, school: int, form: SwitchForm) -> HttpResponse:
    context = _context(request, _feature(request.POST.get("feature", "")))
    context |= {"failed": request.actor.schools().get(pk=school).pk, "form": form}
    return render(request, "analytics/switch.html", context, status=422)


def _feature(name: str) -> Feature:
    return Feature(name) if name in Feature.values else Feature.MOOD


def _context(request: ActorRequest, feature: Feature) -> dict[str, Any]:
    may_turn = request.actor.role != Role.SYSTEM_ADMIN
    return {"board": switchboard(request.actor, feature), "features": Feature, "modes": Mode, "may_turn": may_turn}
