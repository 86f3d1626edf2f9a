"""Who is away, and who stands in: for oneself, and for the people whom a lead psychologist leads."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caseflow.clocks.forms import AbsenceForm
from caseflow.clocks.models import Absence
from caseflow.clocks.selectors.absences import absences_of, absences_on, absentee, led_staff, standing_in
from caseflow.clocks.selectors.table import STAFF
from caseflow.clocks.services import BadAbsenceError, end_absence, enter_absence
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles
from caseflow.directory.models import Membership
from caseflow.undo.offering import moment_of, say_with_undo

PER_PAGE = 50
GET_POST = ["GET", "POST"]


@require_http_methods(GET_POST)
@for_roles(*STAFF)
def away(request: ActorRequest) -> HttpResponse:
    """The own absences, for whom one stands in, and for a lead psychologist the people whom they lead."""
    return _page(request, request.actor.membership, "clocks:away")


@require_http_methods(GET_POST)
@for_roles(Role.LEAD_PSYCHOLOGIST)
def away_of(request: ActorRequest, pk: int) -> HttpResponse:
    """The absences of somebody whom the lead psychologist leads."""
    try:
        who = absentee(request.actor, pk)
    except Membership.DoesNotExist as missing:
        raise Http404 from missing
    return _page(request, who, "clocks:away-of", pk)


@require_POST
@for_roles(*STAFF)
def end_away(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Somebody is back, or does not go."""
    try:
        absence = end_absence(request.actor, pk)
    except Absence.DoesNotExist as missing:
        raise Http404 from missing
    say_with_undo(request, _("Nobody stands in any more."), "absence_ended", pk, at=moment_of(absence.ended_at))
    own = absence.membership_id == request.actor.membership.pk
    return redirect("clocks:away") if own else redirect("clocks:away-of", absence.membership_id)


def _page(request: ActorRequest, who: Membership, page: str, *args: int) -> HttpResponse:
    form = AbsenceForm(who, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            enter_absence(request.actor, member_id=who.pk, **form.absence())
        except BadAbsenceError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("It is entered. Who stands in is told."))
            return redirect(page, *args)
    own = who.pk == request.actor.membership.pk
    staff = Paginator(led_staff(request.actor) if own else Membership.objects.none(), PER_PAGE)
    listed = staff.get_page(request.GET.get("page"))
    context = {
        "who": who,
        "own": own,
        "form": form,
        "absences": absences_of(who),
        "standing_in": standing_in(request.actor) if own else [],
        "page": listed,
        "away": absences_on([member.pk for member in listed]) if listed else {},
    }
    return render(request, "clocks/away.html", context, status=422 if form.errors else 200)
