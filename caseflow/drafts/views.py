"""What the pages of forms ask beside the API: two versions beside each other, and discarding without JavaScript."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.drafts.forms import NOT_KEPT
from caseflow.drafts.places import WRITERS, place_of
from caseflow.drafts.selectors import versions
from caseflow.drafts.services import discard_seen_draft
from caseflow.undo.offering import say_with_undo

DISCARDED = "draft_discarded"


@require_POST
@for_roles(*WRITERS)
def compare(request: ActorRequest, key: str) -> HttpResponse:
    """What is written in the sent form beside what is kept; nothing (204) where nothing is kept."""
    fields = {name: str(value) for name, value in request.POST.items() if name not in NOT_KEPT}
    try:
        found = versions(request.actor, key, fields)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    if found is None:
        return HttpResponse(status=204)
    return render(request, "drafts/_versions.html", {"versions": found})


@require_POST
@for_roles(*WRITERS)
def discard(request: ActorRequest, key: str) -> HttpResponse:
    """Discard the own draft as it was seen, and go back to the empty form."""
    try:
        page = place_of(request.actor, key).page
        discarded = discard_seen_draft(request.actor, key, request.POST.get("draft_revision", ""))
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    if discarded:
        say_with_undo(request, _("The draft is discarded."), DISCARDED, key, revision=str(discarded))
    else:
        messages.warning(request, _("The draft was written on elsewhere meanwhile, so it is still here."))
    return redirect(page)
