"""Pupils who leave and pupils who are taken in; those who came of age."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles
from caseflow.directory.models import Pupil
from caseflow.schoolyear.errors import YearRefused
from caseflow.schoolyear.forms import LeavingForm, TakeInForm
from caseflow.schoolyear.models import SchoolMove
from caseflow.schoolyear.selectors.ages import LISTED, codes_to_hand_over
from caseflow.schoolyear.selectors.moves import leaving_of, moves_of
from caseflow.schoolyear.services.moves import record_leaving, take_in, take_leaving_back


@require_http_methods(["GET", "POST"])
@for_roles(Role.SCHOOL_ADMIN)
def moves(request: ActorRequest) -> HttpResponse:
    """Who leaves, who came, and the form by which somebody is taken in."""
    form = TakeInForm(request.actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            taken = take_in(request.actor, form.arrival())
        except YearRefused as refused:
            form.add_error(None, str(refused))
        else:
            said = _("%(name)s is taken in. Consents are asked of the family anew.")
            messages.success(request, said % {"name": taken.short_name})
            return redirect("schoolyear:moves")
    context = {"form": form, "moves": moves_of(request.actor)}
    return render(request, "schoolyear/moves.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_roles(Role.SCHOOL_ADMIN)
def leave(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Record that a pupil leaves; the code for the family is shown this once. Of who leaves already, take it back."""
    pupil = request.actor.pupils().select_related("school_class").filter(pk=pk).first()
    if pupil is None:
        raise Http404
    form = LeavingForm(request.actor, request.POST or None)
    context = {"pupil": pupil, "form": form, "recorded": leaving_of(request.actor, pk)}
    if request.method == "POST" and form.is_valid():
        try:
            context["move"], context["code"] = record_leaving(request.actor, pk, form.leaving())
        except Pupil.DoesNotExist as missing:
            raise Http404 from missing
        except YearRefused as refused:
            form.add_error(None, str(refused))
    return render(request, "schoolyear/leave.html", context, status=422 if form.errors else 200)


@require_POST
@for_roles(Role.SCHOOL_ADMIN)
def back(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The pupil stays after all."""
    try:
        pupil = take_leaving_back(request.actor, pk)
    except SchoolMove.DoesNotExist as missing:
        raise Http404 from missing
    messages.success(request, _("%(name)s stays.") % {"name": pupil.short_name})
    return redirect("schoolyear:moves")


@require_GET
@for_roles(Role.SCHOOL_ADMIN)
def ages(request: ActorRequest) -> HttpResponse:
    """Pupils who are 18 and have no account of their own yet."""
    return render(request, "schoolyear/ages.html", {"rows": codes_to_hand_over(request.actor)[:LISTED]})
