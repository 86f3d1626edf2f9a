"""What agencies owe, for the prosecutor of the region and for the head of the agency."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import AgencyKind, Role
from caseflow.directory.guards import for_roles
from caseflow.duties.forms import PlaceForm
from caseflow.duties.rules.bodies import READERS, NoBodyError
from caseflow.duties.selectors.inventory import inventory
from caseflow.duties.selectors.owing import reach_of
from caseflow.duties.selectors.trends import trend
from caseflow.duties.services import open_body, open_desk


@require_GET
@for_roles(*READERS)
def desk(request: ActorRequest) -> HttpResponse:
    """Everything overdue, agency by agency; what schools have; and how it went quarter by quarter."""
    reach = reach_of(request.actor)
    if reach is None:
        raise Http404
    today = timezone.localdate()
    context = {"desk": open_desk(request.actor), "oversees": request.actor.role == Role.PROSECUTOR}
    if reach.kind in (None, AgencyKind.EDUCATION):
        context["inventory"] = inventory(reach.region, reach.district, today)
    if request.actor.role == Role.PROSECUTOR:
        form = PlaceForm(reach.region, request.GET or None)
        context |= {"form": form, "quarters": trend(reach.region, form.place(), today)}
    return render(request, "duties/desk.html", context)


@require_GET
@for_roles(*READERS)
def body(request: ActorRequest, code: str) -> HttpResponse:
    """What one agency owes, by number."""
    try:
        file = open_body(request.actor, code)
    except NoBodyError as error:
        raise Http404 from error
    oversees = request.actor.role == Role.PROSECUTOR
    return render(request, "duties/body.html", {"file": file, "oversees": oversees})
