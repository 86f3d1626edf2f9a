from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from caseflow.audit.selectors import chain_state, find_entries, last_checkpoint
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles

PER_PAGE = 50


@require_GET
@for_roles(Role.DPO)
def access_log(request: ActorRequest) -> HttpResponse:
    """Who did and who read what, newest first; no content of any case."""
    query = request.GET.get("q", "").strip()
    page = Paginator(find_entries(query), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "query": query, "checkpoint": last_checkpoint()}
    return render(request, "directory/access_log.html", context)


@require_GET
@for_roles(Role.DPO)
def check_chain(request: ActorRequest) -> HttpResponse:
    """Whether the chain of entries holds up to the last signed checkpoint, as a fragment."""
    state = chain_state()
    return render(request, "directory/_chain.html", {"broken": state.broken_at, "checkpoint": state.checkpoint})
