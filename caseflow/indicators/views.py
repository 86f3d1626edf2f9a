from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.directory.models import Region
from caseflow.indicators.forms import OwnIndicatorForm, first_day_counted
from caseflow.indicators.models import OwnIndicator
from caseflow.indicators.rules.own import CountedAlreadyError, TooManyOwnError, UnknownValuesError
from caseflow.indicators.rules.readers import DECIDERS, READERS
from caseflow.indicators.selectors.catalogue import catalogue_of, in_language
from caseflow.indicators.services import add_own, end_own


@require_GET
@for_roles(*READERS)
def catalogue(request: ActorRequest) -> HttpResponse:
    """What the region's reports count, with definition, unit, source and version."""
    context = {
        "chapters": catalogue_of(_region_or_404(request), timezone.localdate()),
        "may_decide": request.actor.role in DECIDERS,
    }
    return render(request, "indicators/catalogue.html", context)


@require_http_methods(["GET", "POST"])
@for_roles(*DECIDERS)
def add(request: ActorRequest) -> HttpResponse:
    """Add an indicator of the region's own."""
    region = _region_or_404(request)
    form = OwnIndicatorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_own(
                request.actor,
                region,
                source=form.source,
                values=form.values,
                texts=form.texts,
                effective_from=first_day_counted(),
            )
        except CountedAlreadyError as error:
            form.add_error(
                "counted", _("This is counted already: %(name)s.") % {"name": in_language(error.definition.names)}
            )
        except UnknownValuesError:
            form.add_error("counted", _("These values are counted from different things. Choose from one group."))
        except TooManyOwnError:
            form.add_error(
                None, _("There are ten already. Each further one makes more of the others hidden: end one first.")
            )
        else:
            messages.success(request, _("The indicator is counted from this quarter on."))
            return redirect("indicators:catalogue")
    return render(request, "indicators/add.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@for_roles(*DECIDERS)
def end(request: ActorRequest, code: str) -> HttpResponse:
    """Count an own indicator no more; what was released with it stays."""
    try:
        end_own(request.actor, _region_or_404(request), code, effective_from=first_day_counted())
    except OwnIndicator.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("The indicator is counted no more. What was released with it stays."))
    return redirect("indicators:catalogue")


def _region_or_404(request: ActorRequest) -> Region:
    region = request.actor.membership.region
    if region is None:
        raise Http404
    return region
