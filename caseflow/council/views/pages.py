"""The council's own pages: its sessions at a glance, who sits in it, what it is called."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.council import services
from caseflow.council.forms import CouncilForm, SeatForm
from caseflow.council.models import Council
from caseflow.council.rules import READERS, STEERERS, CouncilRefused
from caseflow.council.selectors.people import members_on
from caseflow.council.selectors.register import counts_of
from caseflow.council.selectors.scope import councils_of, own_council
from caseflow.council.selectors.sessions import session_list
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles

PER_PAGE = 25


@require_GET
@for_roles(*READERS)
def home(request: ActorRequest) -> HttpResponse:
    """The sessions, the coming one first, and how far the decisions are."""
    page = Paginator(session_list(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "council": own_council(request.actor),
        "page": page,
        "counts": counts_of(request.actor),
        "steers": request.actor.role in STEERERS,
        "query": "",
    }
    return render(request, "council/home.html", context)


@require_http_methods(["GET", "POST"])
@for_roles(*STEERERS)
def setup(request: ActorRequest) -> HttpResponse:
    """Set the council up, or change what it is called."""
    form = CouncilForm.of(own_council(request.actor), request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.set_up(request.actor, form.named())
        messages.success(request, gettext("The council is kept."))
        return redirect("council:members")
    return render(request, "council/setup.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@for_roles(*READERS)
@hides_what_is_not_yours
def members(request: ActorRequest) -> HttpResponse:
    """Who sits in the council."""
    council = councils_of(request.actor).select_related("region").get()
    return _members(request, council, SeatForm(council) if request.actor.role in STEERERS else None)


@require_POST
@for_roles(*STEERERS)
@hides_what_is_not_yours
def seat(request: ActorRequest) -> HttpResponse:
    """Enter a member."""
    council = councils_of(request.actor).select_related("region").get()
    form = SeatForm(council, request.POST)
    if form.is_valid():
        try:
            services.seat_member(request.actor, form.seat())
        except CouncilRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, gettext("The member is entered."))
            return redirect("council:members")
    return _members(request, council, form, status=422)


@require_POST
@for_roles(*STEERERS)
@hides_what_is_not_yours
def unseat(request: ActorRequest, pk: int) -> HttpResponse:
    """End a seat with the day that is said, else with today."""
    try:
        services.unseat_member(request.actor, pk, _day(request.POST.get("until", "")))
    except CouncilRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, gettext("The seat has ended."))
    return redirect("council:members")


def _members(request: ActorRequest, council: Council, form: SeatForm | None, status: int = 200) -> HttpResponse:
    context = {"council": council, "rows": members_on(council, timezone.localdate()), "form": form}
    return render(request, "council/members.html", context, status=status)


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
