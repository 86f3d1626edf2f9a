"""What a region publishes: chosen, looked at, then published."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.explorer.selectors.opening import drafted, in_order_of_report, offered, open_page, selections_of
from caseflow.explorer.services import NotPublishedError, publish
from caseflow.explorer.services import withdraw as withdraw_page
from caseflow.explorer.views.opened import open_context
from caseflow.explorer.views.regions import region_or_404
from caseflow.indicators.rules.readers import DECIDERS


@require_http_methods(["GET", "POST"])
@for_roles(*DECIDERS)
def choose(request: ActorRequest) -> HttpResponse:
    """Choose which indicators are published; sent to, publishes those that were looked at."""
    region = region_or_404(request)
    error = ""
    if request.method == "POST":
        try:
            publish(request.actor, region, request.POST.getlist("indicator"))
        except NotPublishedError as refused:
            error = str(refused)
        else:
            messages.success(
                request, _("The page is published. Caches of others may show the former one for ten minutes.")
            )
            return redirect("publishing:choose")
    selections = list(selections_of(region))
    held = selections[0] if selections and selections[0].indicators else None
    chosen = request.GET.getlist("indicator") or (held.indicators if held else [])
    context = {
        "region": region,
        "chapters": offered(region, chosen),
        "held": held,
        "selections": selections,
        "url": request.build_absolute_uri(reverse("open:page", args=[region.code])),
        "error": error,
    }
    return render(request, "explorer/choose.html", context, status=422 if error else 200)


@require_GET
@for_roles(*DECIDERS)
def preview(request: ActorRequest) -> HttpResponse:
    """The public page as it would be; nothing is published by looking at it."""
    region = region_or_404(request)
    chosen = in_order_of_report(region, request.GET.getlist("indicator"))
    if not chosen:
        messages.error(request, _("Choose at least one indicator."))
        return redirect("publishing:choose")
    page = open_page(drafted(region, chosen, 0))
    return render(request, "explorer/open/preview.html", open_context(request, page) | {"chosen": chosen})


@require_POST
@for_roles(*DECIDERS)
def withdraw(request: ActorRequest) -> HttpResponse:
    """Publish nothing any more."""
    withdraw_page(request.actor, region_or_404(request))
    messages.success(request, _("The public page is withdrawn. Caches of others may show it for ten minutes."))
    return redirect("publishing:choose")
