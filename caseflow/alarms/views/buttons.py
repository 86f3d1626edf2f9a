"""The register of fixed buttons, and what their school's administrator does with them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caseflow.alarms.forms import ButtonForm
from caseflow.alarms.models import Button
from caseflow.alarms.selectors.buttons import READERS, button_of, register_of
from caseflow.alarms.services import end_device, move_button, register_button, replace_key
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles


@require_GET
@for_roles(*READERS)
def register(request: ActorRequest) -> HttpResponse:
    """The buttons one answers for, the worst first."""
    role = request.actor.role
    context = {
        "rows": register_of(request.actor),
        "keeps": role == Role.SCHOOL_ADMIN,
        "by_school": role == Role.DRILL_OFFICER,
    }
    return render(request, "alarms/buttons.html", context)


@require_http_methods(["GET", "POST"])
@for_roles(Role.SCHOOL_ADMIN)
@never_cache
def add(request: ActorRequest) -> HttpResponse:
    """Register a button; its key is shown in the answer and never again."""
    form = ButtonForm(request.actor.schools().get(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        button, key = register_button(request.actor, **form.cleaned_data)
        return _key_shown(request, button, key)
    return render(request, "alarms/button_form.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_roles(Role.SCHOOL_ADMIN)
@hides_what_is_not_yours
def edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Where the button hangs; its key can be replaced and it can be ended here."""
    button = button_of(request.actor, pk)
    form = ButtonForm(button.device.school, request.POST or None, button=button)
    if request.method == "POST" and form.is_valid():
        move_button(request.actor, pk, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("alarms:buttons")
    context = {"form": form, "button": button}
    return render(request, "alarms/button_form.html", context, status=422 if form.errors else 200)


@require_POST
@for_roles(Role.SCHOOL_ADMIN)
@hides_what_is_not_yours
@never_cache
def new_key(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A new key, shown in the answer and never again; the old one ends at once."""
    button, key = replace_key(request.actor, pk)
    return _key_shown(request, button, key)


@require_POST
@for_roles(Role.SCHOOL_ADMIN)
@hides_what_is_not_yours
def end(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The button raises no alarm any more."""
    end_device(request.actor, button_of(request.actor, pk).device_id)
    messages.success(request, _("The button is ended. Its presses are not taken any more."))
    return redirect("alarms:buttons")


def _key_shown(request: ActorRequest, button: Button, key: str) -> HttpResponse:
    return render(request, "alarms/button_key.html", {"button": button, "key": key})
