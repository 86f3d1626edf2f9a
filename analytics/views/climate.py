from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from analytics.enums import ClimateLevel, ClimateSpan
from analytics.rules.climate import FEWEST_PUPILS
from analytics.selectors.climate import climate_classes
from analytics.services.reviewing import open_climate
from analytics.views.reviewing import DECIDERS
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles


@require_GET
@for_roles(*DECIDERS)
def classes(request: ActorRequest) -> HttpResponse:
    """The classes with enough analysed pupils, or why there are none."""
    context = {"classes": climate_classes(request.actor), "fewest": FEWEST_PUPILS}
    return render(request, "analytics/climate_classes.html", context)


@require_GET
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def page(request: ActorRequest, pk: int) -> HttpResponse:
    """The heat-map of one class; opening it is recorded."""
    asked = request.GET.get("span", "")
    span = ClimateSpan(asked) if asked in ClimateSpan.values else ClimateSpan.LESSONS
    context = {
        "climate": open_climate(request.actor, pk, span),
        "spans": ClimateSpan.choices,
        "fewest": FEWEST_PUPILS,
        "levels": sorted(ClimateLevel, reverse=True),
    }
    return render(request, "analytics/climate.html", context)
