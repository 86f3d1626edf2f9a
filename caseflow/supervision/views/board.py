from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.supervision.forms import BoardForm
from caseflow.supervision.rules import LEADS
from caseflow.supervision.selectors.board import board_of


@require_GET
@for_roles(*LEADS)
def board(request: ActorRequest) -> HttpResponse:
    """Workload, queues, overdue and risk, school by school, in counts."""
    form = BoardForm(request.GET)
    asked = form.asked()
    shown = board_of(request.actor, asked, request.GET.get("page", 1))
    form.offer(shown.districts)
    query = urlencode({"q": asked.query, "district": asked.district or "", "sort": asked.sort}) + "&"
    return render(request, "supervision/board.html", {"board": shown, "form": form, "asked": asked, "query": query})
