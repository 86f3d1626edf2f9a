"""The police centres, whom each calls next, and which alarms reach nobody: the administrator's page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caseflow.alarms.forms import CentreForm, NewCentreForm
from caseflow.alarms.selectors.buttons import term
from caseflow.alarms.selectors.centres import (
    agencies_without_centre,
    centres_listed,
    others_of_region,
    scoped_centres,
)
from caseflow.alarms.services import BadCentreError, change_centre, end_centre, enter_centre
from caseflow.alarms.services.calling import ACKNOWLEDGE
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles


@require_http_methods(["GET", "POST"])
@for_roles(Role.SYSTEM_ADMIN)
@hides_what_is_not_yours
def centres(request: ActorRequest) -> HttpResponse:
    """The centres and the districts without one; POST enters one more."""
    form = NewCentreForm(agencies_without_centre(request.actor), request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        entered = enter_centre(request.actor, said["agency"].pk, said["arrival_minutes"])
        messages.success(request, _("The centre is entered: alarms call it from now on."))
        return redirect("alarms:centre", entered.pk)
    context = {"listed": centres_listed(request.actor), "form": form, "waits": term(ACKNOWLEDGE).total_seconds()}
    return render(request, "alarms/centres.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_roles(Role.SYSTEM_ADMIN)
@hides_what_is_not_yours
def centre(request: ActorRequest, pk: int) -> HttpResponse:
    """Who is called next, and how long a patrol may take; the centre can be ended here."""
    shown = scoped_centres(request.actor).get(pk=pk)
    form = CentreForm(shown, others_of_region(request.actor, shown), request.POST or None)
    if request.method == "POST" and form.is_valid():
        follows = form.cleaned_data.get("follows")
        minutes = form.cleaned_data["arrival_minutes"]
        try:
            change_centre(request.actor, pk, follows=follows.pk if follows else None, arrival_minutes=minutes)
        except BadCentreError as refused:
            form.add_error("follows", str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("alarms:centres")
    return render(request, "alarms/centre.html", {"form": form, "centre": shown}, status=422 if form.errors else 200)


@require_POST
@for_roles(Role.SYSTEM_ADMIN)
@hides_what_is_not_yours
def end(request: ActorRequest, pk: int) -> HttpResponse:
    """No alarm calls it any more."""
    try:
        end_centre(request.actor, pk)
    except BadCentreError as refused:
        messages.error(request, str(refused))
        return redirect("alarms:centre", pk)
    messages.success(request, _("The centre is ended: no alarm calls it any more."))
    return redirect("alarms:centres")
