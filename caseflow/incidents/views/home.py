"""What keeps the child of a report safe at home."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles
from caseflow.incidents.home_forms import ChosenForm, ContactForm, ExtendForm, OrderForm
from caseflow.incidents.models import ProtectiveOrder, SafeContact
from caseflow.incidents.rules import DECIDERS
from caseflow.incidents.services import BadReportError
from caseflow.incidents.services.home import (
    add_contact,
    end_contact,
    enter_order,
    extend_order,
    lift_order,
    open_home,
    open_home_of_pupil,
)


@require_GET
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def home(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Safe contacts, guardians and protective orders."""
    return _home(request, pk)


@require_GET
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def of_pupil(request: ActorRequest, pupil: UUID) -> HttpResponse:
    """A fragment of the case page: protective orders that hold, and where it says whom one may call; else nothing."""
    return render(request, "incidents/_home_of_pupil.html", {"homes": open_home_of_pupil(request.actor, pupil)})


@require_POST
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def contact(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Note somebody whom the school may call."""
    form = ContactForm(request.POST, auto_id="contact-%s")
    if not form.is_valid():
        return _home(request, pk, contact=form)
    add_contact(request.actor, pk, **form.cleaned_data)
    messages.success(request, _("Noted."))
    return redirect("incidents:home", pk)


@require_POST
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def end(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say that a contact is safe no more."""
    form = ChosenForm(request.POST)
    if not form.is_valid():
        raise SafeContact.DoesNotExist
    end_contact(request.actor, pk, form.cleaned_data["chosen"])
    messages.success(request, _("Ended. It stays on record."))
    return redirect("incidents:home", pk)


@require_POST
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def order(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Enter a protective order."""
    form = OrderForm(request.POST, auto_id="order-%s")
    if not form.is_valid():
        return _home(request, pk, order=form)
    enter_order(request.actor, pk, **form.cleaned_data)
    messages.success(request, _("Entered. You will be told before it ends."))
    return redirect("incidents:home", pk)


@require_POST
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def extend(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Let an order go on until a later day."""
    form = ExtendForm(request.POST, auto_id="extend-%s")
    if not form.is_valid():
        return _home(request, pk, extend=form)
    said = form.cleaned_data
    try:
        extend_order(request.actor, pk, said["order"], valid_until=said["valid_until"])
    except BadReportError as refused:
        form.add_error("valid_until", str(refused))
        return _home(request, pk, extend=form)
    messages.success(request, _("Extended. You will be told before it ends."))
    return redirect("incidents:home", pk)


@require_POST
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def lift(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Note that an order was lifted."""
    form = ChosenForm(request.POST)
    if not form.is_valid():
        raise ProtectiveOrder.DoesNotExist
    lift_order(request.actor, pk, form.cleaned_data["chosen"])
    messages.success(request, _("Noted: the order was lifted."))
    return redirect("incidents:home", pk)


def _home(
    request: ActorRequest,
    pk: UUID,
    *,
    contact: ContactForm | None = None,
    order: OrderForm | None = None,
    extend: ExtendForm | None = None,
) -> HttpResponse:
    """The page, 422 with a refused form as it was typed."""
    incident, found = open_home(request.actor, pk)
    context = {
        "incident": incident,
        "home": found,
        "contact_form": contact or ContactForm(auto_id="contact-%s"),
        "order_form": order or OrderForm(auto_id="order-%s"),
        "extend_form": extend or ExtendForm(auto_id="extend-%s"),
        "extending": str(extend.data.get("order", "")) if extend else "",
        "at_school": request.actor.role == Role.PSYCHOLOGIST,
    }
    return render(request, "incidents/home.html", context, status=422 if contact or order or extend else 200)
