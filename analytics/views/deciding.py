from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from analytics.forms import DecisionForm
from analytics.services.deciding import decide_signal
from analytics.services.reviewing import open_signal
from analytics.views.reviewing import DECIDERS, review_context
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.triage.services import AlreadyDecidedError, BadDecisionError, ClaimedError


@require_POST
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def decide(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take the decision and go on: in the case, or with what waits next in Today. Typed text survives a refusal."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _again(request, pk, form, status=422)
    try:
        item = decide_signal(request.actor, pk, **form.wish())
    except BadDecisionError as refused:
        form.add_error(None, str(refused))
        return _again(request, pk, form, status=422)
    except ClaimedError as held:
        form.add_error(None, _("%(name)s is deciding this now") % {"name": held.by})
        return _again(request, pk, form, status=409)
    except AlreadyDecidedError:
        return _again(request, pk, form, status=409)
    messages.success(request, _("Decided: %(state)s") % {"state": item.get_state_display()})
    return _away(request, item.case_id)


def _again(request: ActorRequest, pk: UUID, form: DecisionForm, *, status: int) -> HttpResponse:
    opened = open_signal(request.actor, pk)
    template = "analytics/_decision.html" if request.headers.get("HX-Request") else "analytics/signal.html"
    return render(request, template, review_context(opened, form), status=status)


def _away(request: ActorRequest, case_id: UUID | None) -> HttpResponse:
    url = reverse("cases:detail", args=[case_id]) if case_id else reverse("triage:today")
    return HttpResponseClientRedirect(url) if request.headers.get("HX-Request") else redirect(url)
