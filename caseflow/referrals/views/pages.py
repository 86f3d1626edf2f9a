"""The pages on which referrals are read."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.referrals.enums import State
from caseflow.referrals.forms import AcceptTransferForm, WordsForm
from caseflow.referrals.rules import READERS, RECEIVERS, SENDERS
from caseflow.referrals.selectors.reading import rows_of
from caseflow.referrals.selectors.scope import readable
from caseflow.referrals.services.reading import open_list, open_referral, referrals_of_case

PAGE = 30


@require_GET
@for_roles(*RECEIVERS)
def inbox(request: ActorRequest) -> HttpResponse:
    """What was sent to the own agency or school; what is over under `?over=1`."""
    return _list(request, received=True)


@require_GET
@for_roles(*SENDERS)
def sent(request: ActorRequest) -> HttpResponse:
    """What the own cases sent, with states and clocks; what is over under `?over=1`."""
    return _list(request, received=False)


@require_GET
@for_roles(*SENDERS)
@hides_what_is_not_yours
def of_case(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The referrals of a case, for its page."""
    case, referrals = referrals_of_case(request.actor, pk)
    return render(request, "referrals/_of_case.html", {"case": case, "referrals": referrals})


@require_GET
@for_roles(*READERS)
@hides_what_is_not_yours
def detail(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One referral with its steps; a draft leads to the page on which it is written."""
    if readable(request.actor, pk).state == State.DRAFT:
        return redirect("referrals:write", pk)
    return referral_page(request, pk)


def referral_page(request: ActorRequest, pk: UUID, refused: tuple[str, WordsForm] | None = None) -> HttpResponse:
    """The page of one that was sent; `refused` names the move whose form was not accepted."""
    page = open_referral(request.actor, pk)
    context = {
        "page": page,
        "referral": page.referral,
        "join": AcceptTransferForm(page.rolls),
        "refused_move": refused[0] if refused else "",
        "refused": refused[1] if refused else None,
    }
    return render(request, "referrals/detail.html", context, status=422 if refused else 200)


def _list(request: ActorRequest, *, received: bool) -> HttpResponse:
    over = request.GET.get("over") == "1"
    found = open_list(request.actor, received=received, over=over)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": rows_of(request.actor, list(page)),
        "over": over,
        "received": received,
        "query": "over=1&" if over else "",
    }
    return render(request, "referrals/list.html", context)
