"""The page of a flow, and its place on the page of the case."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from caseflow.cases.rules import CASE_ROLES, CaseRefused
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.protocols import services
from caseflow.protocols.forms import DoneForm, LooksForm, ProofForm, SecondForm, first_looks
from caseflow.protocols.rules import FlowRefused
from caseflow.protocols.selectors.own import own_flows

Refused = tuple[str, forms.Form]  # which form of the page was refused, by its key, with what was typed


@require_GET
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def of_case(request: ActorRequest, case: UUID) -> HttpResponse:
    """The flows of a case, for its page."""
    found, flows, begin = services.flows_of_case(request.actor, case)
    return render(request, "protocols/_of_case.html", {"case": found, "flows": flows, "begin": begin})


@require_GET
@for_roles(*CASE_ROLES)
def own(request: ActorRequest) -> HttpResponse:
    """What running flows want of this person now, for Today."""
    return render(request, "protocols/_own.html", {"flows": own_flows(request.actor)})


@require_POST
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def begin(request: ActorRequest, case: UUID, version: UUID) -> HttpResponse:
    """Begin a protocol in the case."""
    try:
        flow = services.begin_flow(request.actor, case, version)
    except (CaseRefused, FlowRefused) as refusal:
        messages.error(request, str(refusal))
        return redirect("cases:detail", case)
    return redirect("protocols:flow", flow.pk)


@require_GET
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def flow(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The steps of a flow: what is done, what is due, who has it."""
    return _page(request, pk)


@require_POST
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def do(request: ActorRequest, pk: UUID, step: UUID) -> HttpResponse:
    """A step is done; the form of a referral by telephone asks to whom and when."""
    if "to_whom" not in request.POST:
        return _step(request, pk, f"do-{step}", lambda text: services.do_step(request.actor, step, proof=text))
    form = DoneForm(request.POST)

    def change() -> object:
        return services.do_step(request.actor, step, proof=form.cleaned_data["text"], outside=form.outside())

    if form.is_valid() and _accepted(form, change):
        messages.success(request, _("Recorded."))
        return redirect("protocols:flow", pk)
    return _page(request, pk, (f"do-{step}", form))


@require_POST
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def waive(request: ActorRequest, pk: UUID, step: UUID) -> HttpResponse:
    """A step does not apply."""
    return _step(request, pk, f"waive-{step}", lambda text: services.waive_step(request.actor, step, reason=text))


@require_POST
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def looks(request: ActorRequest, pk: UUID, step: UUID) -> HttpResponse:
    """The dates of follow-up are set."""
    form = LooksForm(request.POST)
    if form.is_valid() and _accepted(form, lambda: services.set_looks(request.actor, step, looks=form.looks())):
        messages.success(request, _("The dates are set, each is a task."))
        return redirect("protocols:flow", pk)
    return _page(request, pk, (f"looks-{step}", form))


@require_POST
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def ask_end(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Ask for the end of the flow."""
    return _step(request, pk, "end", lambda text: services.ask_to_end(request.actor, pk, reason=text))


@require_POST
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def confirm(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Confirm the end of the flow."""
    return _step(request, pk, "answer", lambda text: services.confirm_end(request.actor, pk, words=text))


@require_POST
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def send_back(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Let the flow go on."""
    return _step(request, pk, "answer", lambda text: services.send_back(request.actor, pk, words=text))


@require_POST
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def second(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Name another second person."""
    page = services.open_flow(request.actor, pk)
    form = SecondForm(page.flow.case, request.POST)

    def change() -> object:
        given = form.cleaned_data
        return services.change_second(request.actor, pk, membership_id=given["member"].pk, reason=given["reason"])

    if form.is_valid() and _accepted(form, change):
        messages.success(request, _("The second person is named and told."))
        return redirect("protocols:flow", pk)
    return _page(request, pk, ("second", form))


def _step(request: ActorRequest, pk: UUID, key: str, change: Callable[[str], object]) -> HttpResponse:
    form = ProofForm(request.POST)
    if form.is_valid() and _accepted(form, lambda: change(form.cleaned_data["text"])):
        messages.success(request, _("Recorded."))
        return redirect("protocols:flow", pk)
    return _page(request, pk, (key, form))


def _accepted(form: forms.Form, change: Callable[[], object]) -> bool:
    try:
        change()
    except (CaseRefused, FlowRefused) as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _page(request: ActorRequest, pk: UUID, refused: Refused | None = None) -> HttpResponse:
    page = services.open_flow(request.actor, pk)
    context = {
        "page": page,
        "flow": page.flow,
        "proof": ProofForm(),
        "done": DoneForm(),
        "looks": LooksForm(initial=first_looks(page.flow.started_at)),
        "second": SecondForm(page.flow.case),
        "refused_key": refused[0] if refused else "",
        "refused": refused[1] if refused else None,
    }
    return render(request, "protocols/flow.html", context, status=422 if refused else 200)
