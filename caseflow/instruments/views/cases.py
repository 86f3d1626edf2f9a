"""The questionnaires of a case: their list and history, giving one, and what one came to."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from caseflow.cases.rules import CASE_ROLES, CaseRefused
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.instruments import services
from caseflow.instruments.forms import GiveForm, TotalForm
from caseflow.instruments.rules.refusals import InstrumentRefused
from caseflow.instruments.selectors.offering import Offer, offer_of, offers_of
from caseflow.instruments.texts import ABOUT


@require_GET
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def of_case(request: ActorRequest, pk: UUID) -> HttpResponse:
    """All questionnaires of a case, and the history of each that has totals."""
    sheet = services.open_case_sheet(request.actor, pk)
    return render(request, "instruments/case.html", {"sheet": sheet, "file": sheet.file, "tab": "questionnaires"})


@require_GET
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def card(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The newest ones and those that may be given, for beside the chronology."""
    card = services.open_card(request.actor, pk)
    return render(request, "instruments/_card.html", {"sheet": card.sheet, "offers": card.offers})


@require_GET
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def choose(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What may be given, and what still needs an approved translation."""
    return render(request, "instruments/choose.html", {"offers": offers_of(request.actor, pk), "about": ABOUT})


@require_http_methods(["GET", "POST"])
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def give(request: ActorRequest, pk: UUID, version: UUID) -> HttpResponse:
    """Give one questionnaire, or type a total that was scored elsewhere."""
    offer = offer_of(request.actor, pk, version)
    if offer.pack.is_typed:
        return _type_total(request, offer)
    form = GiveForm(offer.pack, request.POST or None)
    if form.is_valid():
        try:
            given = services.give(request.actor, pk, version_id=version, **form.said())
        except (CaseRefused, InstrumentRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            if given.code:
                return render(request, "instruments/code.html", {"given": given, "offer": offer})
            return redirect("instruments:sheet", given.administration.pk)
    return _form(request, offer, form)


@require_GET
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def administration(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What a questionnaire came to, with each answer; while it is filled in, how far it is."""
    return render(request, "instruments/administration.html", {"result": services.open_result(request.actor, pk)})


def _type_total(request: ActorRequest, offer: Offer) -> HttpResponse:
    form = TotalForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        source = {"by": given["by"], "place": given["place"]}
        try:
            services.type_total(
                request.actor,
                offer.case.pk,
                version_id=offer.entry.version.pk,
                respondent=given["respondent"],
                total=given["total"],
                source=source,
            )
        except (CaseRefused, InstrumentRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The total is kept."))
            return redirect("instruments:case", offer.case.pk)
    return _form(request, offer, form)


def _form(request: ActorRequest, offer: Offer, form: GiveForm | TotalForm) -> HttpResponse:
    context = {"offer": offer, "form": form, "about": ABOUT.get(offer.pack.instrument, "")}
    return render(request, "instruments/give.html", context, status=422 if form.is_bound else 200)
