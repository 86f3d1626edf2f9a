from typing import TYPE_CHECKING, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from caseflow.accounts.services.sessions import end_watch
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles
from caseflow.directory.selectors import ACTING, active_memberships, schools_served

if TYPE_CHECKING:
    from caseflow.accounts.models import User


@require_GET
@for_roles(Role.POLICE_OPERATOR, Role.DUTY_PERSON, Role.DRILL_OFFICER)
def unit(request: ActorRequest) -> HttpResponse:
    """One's own unit and the schools it serves, with what is needed to reach them."""
    context = {"unit": request.actor.membership.unit, "schools": schools_served(request.actor)}
    return render(request, "directory/unit.html", context)


@require_POST
@login_required
def act(request: HttpRequest) -> HttpResponse:
    """Act in another of one's own roles."""
    chosen = request.POST.get("membership", "")
    mine = active_memberships(cast("User", request.user).pk)
    membership = get_object_or_404(mine, pk=int(chosen) if chosen.isdecimal() else 0)
    request.session[ACTING] = membership.pk
    end_watch(request)
    return redirect("home")
