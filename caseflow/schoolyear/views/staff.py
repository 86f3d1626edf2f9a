"""Classes in other hands, substitutes, and people who leave the school."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caseflow.accounts.models import User
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles
from caseflow.directory.models import Membership, SchoolClass
from caseflow.schoolyear.errors import YearRefused
from caseflow.schoolyear.forms import EndingRolesForm, HandOverForm, SubstituteForm
from caseflow.schoolyear.selectors.staff import Led, class_led, classes_led, person_of, staff_of
from caseflow.schoolyear.services.classes import end_substitute, hand_class_over, name_substitute
from caseflow.schoolyear.services.staff import end_all_roles
from caseflow.schoolyear.services.taking_back import ENDED, NAMED, facts_of, facts_of_ended
from caseflow.undo.offering import say_with_undo


@require_GET
@for_roles(Role.SCHOOL_ADMIN)
def classes(request: ActorRequest) -> HttpResponse:
    """Who has which class."""
    return render(request, "schoolyear/classes.html", {"classes": classes_led(request.actor)})


@require_http_methods(["GET", "POST"])
@for_roles(Role.SCHOOL_ADMIN)
def klass(request: ActorRequest, pk: int) -> HttpResponse:
    """One class, with the form that gives it to another teacher."""
    led = _led(request, pk)
    form = HandOverForm(request.actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.said()
        try:
            hand_class_over(request.actor, pk, user_id=said["teacher"], first=said["first"])
        except YearRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The class is handed over."))
            return redirect("schoolyear:class", pk)
    return _class_page(request, led, form, SubstituteForm(request.actor, prefix="s"))


@require_POST
@for_roles(Role.SCHOOL_ADMIN)
def substitute(request: ActorRequest, pk: int) -> HttpResponse:
    """Name a substitute for some days."""
    led = _led(request, pk)
    form = SubstituteForm(request.actor, request.POST, prefix="s")
    if form.is_valid():
        said = form.said()
        try:
            named = name_substitute(request.actor, pk, user_id=said["teacher"], first=said["first"], last=said["last"])
        except YearRefused as refused:
            form.add_error(None, str(refused))
        else:
            say_with_undo(request, _("It is entered, and ends by itself."), NAMED, named.pk, **facts_of(named))
            return redirect("schoolyear:class", pk)
    return _class_page(request, led, HandOverForm(request.actor), form)


@require_POST
@for_roles(Role.SCHOOL_ADMIN)
def end(request: ActorRequest, pk: int) -> HttpResponse:
    """End a substitution early."""
    try:
        ended = end_substitute(request.actor, pk)
    except Membership.DoesNotExist as missing:
        raise Http404 from missing
    say_with_undo(request, _("The substitution has ended."), ENDED, pk, **facts_of_ended(ended))
    return redirect("schoolyear:classes")


@require_GET
@for_roles(Role.SCHOOL_ADMIN)
def staff(request: ActorRequest) -> HttpResponse:
    """The people of the school and their roles here."""
    return render(request, "schoolyear/staff.html", {"people": staff_of(request.actor)})


@require_http_methods(["GET", "POST"])
@for_roles(Role.SCHOOL_ADMIN)
def person(request: ActorRequest, pk: int) -> HttpResponse:
    """What somebody has in hand, and the one act by which they leave."""
    try:
        found = person_of(request.actor, pk)
    except User.DoesNotExist as missing:
        raise Http404 from missing
    form = EndingRolesForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_all_roles(request.actor, pk, form.cleaned_data["last_day"], form.successors())
        except YearRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Everything is handed over, and the roles end."))
            return redirect("schoolyear:staff")
    context = {"person": found, "form": form, "own": pk == request.actor.user.pk}
    return render(request, "schoolyear/person.html", context, status=422 if form.errors else 200)


def _led(request: ActorRequest, pk: int) -> Led:
    try:
        return class_led(request.actor, pk)
    except SchoolClass.DoesNotExist as missing:
        raise Http404 from missing


def _class_page(request: ActorRequest, led: Led, handing: forms.Form, substituting: forms.Form) -> HttpResponse:
    context = {"led": led, "form": handing, "substituting": substituting}
    status = 422 if handing.errors or substituting.errors else 200
    return render(request, "schoolyear/class.html", context, status=status)
