from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import EVERY_ROLE, for_roles
from caseflow.undo.rules import TooLateError
from caseflow.undo.services import take_back


@require_POST
@for_roles(*EVERY_ROLE)
def undo(request: ActorRequest) -> HttpResponse:
    """Take back what was just done, and go where it is seen; too late, the page says so and nothing changes."""
    try:
        page = take_back(request.actor, request.POST.get("offer", ""))
    except TooLateError:
        messages.error(request, _("It cannot be undone any more. Nothing was changed."))
        return redirect(_asked_from(request))
    messages.success(request, _("Undone."))
    return redirect(page)


def _asked_from(request: HttpRequest) -> str:
    page = request.POST.get("next", "")
    return page if url_has_allowed_host_and_scheme(page, {request.get_host()}) else "/"
