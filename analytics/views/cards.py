from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from analytics.rules.readers import CARD_READERS, PUBLISHED_TO
from analytics.selectors.cards import opened_card
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles


@require_GET
@for_roles(*CARD_READERS)
@hides_what_is_not_yours
def page(request: ActorRequest, slug: str) -> HttpResponse:
    """The AI card of a model pack."""
    context = {"opened": opened_card(request.actor, slug), "published_to": PUBLISHED_TO}
    return render(request, "analytics/card.html", context)
