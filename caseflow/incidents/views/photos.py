"""Photos on a report by name."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.incidents.rules import DECIDERS, WORDS_READERS
from caseflow.incidents.services import BadReportError
from caseflow.incidents.services.photos import add_photos, open_photo
from caseflow.incidents.services.pictures import drawn


@require_POST
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def photos(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Add photos to the report."""
    try:
        add_photos(request.actor, pk, drawn(request.FILES.getlist("pictures")))
    except BadReportError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Added."))
    return redirect(f"{reverse('incidents:detail', args=[pk])}#photos")


@require_GET
@for_roles(*sorted(WORDS_READERS))
@hides_what_is_not_yours
def photo(request: ActorRequest, pk: UUID, photo: UUID) -> HttpResponse:
    """One photo; who looked is recorded."""
    found, content = open_photo(request.actor, pk, photo)
    headers = {"Content-Disposition": "inline", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=found.media_type, headers=headers)
