"""What sender, receiver and lead do with a referral that was sent."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caseflow.cases.rules import CaseRefused
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.referrals import services
from caseflow.referrals.enums import Kind, Move, Side
from caseflow.referrals.forms import AcceptTransferForm, ReviewForm, WordsForm
from caseflow.referrals.rules import ACTS, READERS, REVIEWERS
from caseflow.referrals.services.reading import open_ground, open_grounds, open_referral
from caseflow.referrals.views.pages import PAGE, referral_page


@require_POST
@for_roles(*READERS)
@hides_what_is_not_yours
def act(request: ActorRequest, pk: UUID, move: str) -> HttpResponse:
    """Accept, reject, answer, finish or revoke."""
    if move not in ACTS:
        raise Http404
    page = open_referral(request.actor, pk)
    form = AcceptTransferForm(page.rolls, request.POST) if page.rolls else WordsForm(request.POST)
    if form.is_valid() and _accepted(request, pk, Move(move), form):
        messages.success(request, _said(Move(move), page.side, page.referral.kind))
        taken = page.referral.is_transfer and move == Move.ACCEPT
        return redirect("cases:detail", page.referral.case_id) if taken else redirect("referrals:detail", pk)
    return referral_page(request, pk, (move, form))


@require_GET
@for_roles(*REVIEWERS)
def grounds(request: ActorRequest) -> HttpResponse:
    """The legal grounds that the lead looks at."""
    page = Paginator(open_grounds(request.actor), PAGE).get_page(request.GET.get("page"))
    return render(request, "referrals/grounds.html", {"page": page, "query": ""})


@require_http_methods(["GET", "POST"])
@for_roles(*REVIEWERS)
@hides_what_is_not_yours
def ground(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One legal ground, and the lead's word on it."""
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.review_ground(request.actor, pk, **form.cleaned_data)
        except CaseRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("Recorded. The psychologist is told where it does not hold."))
            return redirect("referrals:grounds")
    context = {"asked": open_ground(request.actor, pk), "form": form}
    return render(request, "referrals/ground.html", context, status=422 if form.is_bound else 200)


def _accepted(request: ActorRequest, pk: UUID, move: Move, form: WordsForm) -> bool:
    pupil = form.cleaned_data.get("pupil")
    try:
        services.act_on(
            request.actor, pk, move, words=form.cleaned_data["words"], pupil_id=UUID(pupil) if pupil else None
        )
    except CaseRefused as refusal:
        form.add_error("words" if not form.cleaned_data["words"] else None, str(refusal))
        return False
    return True


def _said(move: Move, side: Side, kind: str) -> str:
    if move is Move.ACCEPT and kind == Kind.TRANSFER:
        return gettext("The case is yours now, with its open tasks.")
    if side is Side.RECEIVER:
        return gettext("Recorded. The school sees it.")
    return gettext("Recorded. The receiver is told.")
