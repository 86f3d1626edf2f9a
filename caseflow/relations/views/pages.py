"""The pages on which the people around a pupil are seen."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.relations.forms import chosen_in, sent_query
from caseflow.relations.rules import WORKERS
from caseflow.relations.services.reading import list_people, open_choice, open_people


@require_GET
@for_roles(*WORKERS)
@hides_what_is_not_yours
def people(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Everybody around the pupil: the picture, and the table it is drawn from."""
    page = open_people(request.actor, pk)
    context = {"file": page.file, "page": page, "around": page.around, "picture": page.picture, "tab": "people"}
    return render(request, "relations/case.html", context)


@require_GET
@for_roles(*WORKERS)
@hides_what_is_not_yours
def card(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Siblings, recorded people and pupils of the same incidents, for the page of the case."""
    case, found = list_people(request.actor, pk)
    return render(request, "relations/_card.html", {"case": case, "around": found})


@require_GET
@for_roles(*WORKERS)
@hides_what_is_not_yours
def find(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Whom one may name who fits what was typed."""
    query = sent_query(request.GET)
    _case, found = open_choice(request.actor, pk, query)
    context = {"found": found, "query": query, "chosen": chosen_in(request.GET.get("person", ""))}
    return render(request, "relations/_found.html", context)
