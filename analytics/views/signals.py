from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from analytics.forms import DecisionForm
from analytics.selectors.signals import signal_rows
from analytics.services.reviewing import open_signal
from analytics.views.reviewing import DECIDERS, review_context
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles


@require_GET
@for_roles(*DECIDERS)
def page(request: ActorRequest) -> HttpResponse:
    """The signals that wait, or those that were decided."""
    waiting_only = request.GET.get("show") != "decided"
    rows = signal_rows(request.actor, waiting_only=waiting_only)
    return render(request, "analytics/signals.html", {"rows": rows, "waiting_only": waiting_only})


@require_GET
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def review(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One signal with its evidence; opening it is recorded."""
    opened = open_signal(request.actor, pk)
    return render(request, "analytics/signal.html", review_context(opened, DecisionForm()))
