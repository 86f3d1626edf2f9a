from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from analytics.selectors.runs import report_for
from analytics.services.ending import cancel_run
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles

STOP_POLLING = 286  # htmx: swap this answer and poll no more
READERS = (Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST)


@require_GET
@for_roles(*READERS)
@hides_what_is_not_yours
def page(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Live progress, then an honest account of what was seen."""
    return render(request, "analytics/run.html", {"report": report_for(request.actor, pk)})


@require_GET
@for_roles(*READERS)
@hides_what_is_not_yours
def progress(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The part of the page that changes; the last answer ends the asking."""
    report = report_for(request.actor, pk)
    return render(request, "analytics/_run.html", {"report": report}, status=200 if report.active else STOP_POLLING)


@require_POST
@for_roles(Role.PSYCHOLOGIST)
@hides_what_is_not_yours
def cancel(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Stop the analysis."""
    cancel_run(request.actor, pk)
    if not request.headers.get("HX-Request"):
        return redirect("analytics:run", pk)
    return render(request, "analytics/_run.html", {"report": report_for(request.actor, pk)})
