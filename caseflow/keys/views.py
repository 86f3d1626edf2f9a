from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import EVERY_ROLE, for_roles
from caseflow.keys.acts import MOST_CLICKS
from caseflow.keys.selectors import parts_for


@require_GET
@for_roles(*EVERY_ROLE)
def keys(request: ActorRequest) -> HttpResponse:
    """Every key of the pages one has, and how many clicks what is done most often takes."""
    return render(request, "keys/keys.html", {"parts": parts_for(request.actor.role), "most": MOST_CLICKS})
