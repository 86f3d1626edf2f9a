from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from analytics.rules.trend import Trend, draw_trend
from analytics.selectors.signals import Mood
from analytics.selectors.uses import uses_of
from analytics.services.reviewing import open_mood
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles


@require_GET
@for_roles(Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST)
@hides_what_is_not_yours
def mood(request: ActorRequest, pupil: UUID) -> HttpResponse:
    """A fragment of the case page: the pupil's series, or that there is nothing to show, never why."""
    found = open_mood(request.actor, pupil)
    shares = (found.evidence.shifted_share, found.evidence.usual_share) if found and found.evidence else ()
    percents = [round(share * 100) for share in shares]
    return render(request, "analytics/_mood.html", {"mood": found, "trend": _trend(found), "percents": percents})


def _trend(found: Mood | None) -> Trend | None:
    if found is None:
        return None
    crossed_on = found.evidence.crossed_on if found.evidence else None
    return draw_trend([(day.date, day.value) for day in found.days], found.usual, crossed_on)


@require_GET
@for_roles(Role.PARENT, Role.PUPIL)
def ai_use(request: ActorRequest, pupil: UUID) -> HttpResponse:
    """A fragment of the portal: that AI was used on the own child, and what people decided (rule 5)."""
    try:
        uses = uses_of(request.actor, pupil)
    except LookupError as error:
        raise Http404 from error
    return render(request, "analytics/_ai_use.html", {"uses": uses})
