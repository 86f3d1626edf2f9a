"""The search in the top bar, and its page. Words are sent by POST: they may be names, and many keep an address."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import SEARCHERS, for_roles
from caseflow.directory.services.searching import ON_THE_PAGE, WHILE_TYPING, search

LONGEST_QUERY = 100


@require_http_methods(["GET", "POST"])
@for_roles(*SEARCHERS)
def search_page(request: ActorRequest) -> HttpResponse:
    """What was found, on a page of its own: for whoever presses Enter, has a phone or no scripts."""
    query = _typed(request)
    context = {"query": query, "found": search(request.actor, query, limit=ON_THE_PAGE)}
    return render(request, "directory/search.html", context)


@require_POST
@for_roles(*SEARCHERS)
def hits(request: ActorRequest) -> HttpResponse:
    """The first that were found, beneath the field, while it is typed in."""
    query = _typed(request)
    context = {"query": query, "found": search(request.actor, query, limit=WHILE_TYPING)}
    return render(request, "directory/_hits.html", context)


def _typed(request: ActorRequest) -> str:
    return request.POST.get("q", "")[:LONGEST_QUERY].strip()
