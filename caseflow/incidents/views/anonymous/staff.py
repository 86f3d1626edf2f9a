"""Reports without a name, seen from work: the school's address and poster, answers, pictures."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles
from caseflow.incidents.models import SchoolLink
from caseflow.incidents.poster import poster_pdf, qr_image
from caseflow.incidents.rules import DECIDERS
from caseflow.incidents.selectors.scope import school_of
from caseflow.incidents.selectors.talk import link_of
from caseflow.incidents.services import BadReportError
from caseflow.incidents.services.anonymous import answer_reporter, open_picture, renew_link


@require_GET
@for_roles(Role.SCHOOL_ADMIN)
@hides_what_is_not_yours
def link(request: ActorRequest) -> HttpResponse:
    """The address under which pupils and parents of the school report without a name."""
    found = link_of(school_of(request.actor))
    address = _address(request, found) if found else ""
    context = {"link": found, "address": address, "qr": qr_image(address) if address else ""}
    return render(request, "incidents/anonymous/link.html", context)


@require_POST
@for_roles(Role.SCHOOL_ADMIN)
@hides_what_is_not_yours
def renew(request: ActorRequest) -> HttpResponse:
    """A new address; the old one stops at once."""
    renew_link(request.actor)
    messages.success(request, _("The new address is in force. Print the posters anew: the old ones lead nowhere."))
    return redirect("incidents:link")


@require_GET
@for_roles(Role.SCHOOL_ADMIN)
@hides_what_is_not_yours
def poster(request: ActorRequest) -> HttpResponse:
    """The poster with the numbers to call and the address, in Kazakh and Russian."""
    found = link_of(school_of(request.actor))
    if found is None:
        raise Http404
    headers = {"Content-Disposition": 'attachment; filename="poster.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(poster_pdf(found, _address(request, found)), content_type="application/pdf", headers=headers)


@require_POST
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def answer(request: ActorRequest, pk: UUID) -> HttpResponse:
    """An answer to the reporter."""
    try:
        answer_reporter(request.actor, pk, request.POST.get("text", "")[:8000])
    except BadReportError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Sent. The reporter reads it with the words of the code."))
    return redirect(f"{reverse('incidents:detail', args=[pk])}#talk")


@require_GET
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def picture(request: ActorRequest, pk: UUID, picture: UUID) -> HttpResponse:
    """A picture that the reporter sent."""
    found, content = open_picture(request.actor, pk, picture)
    headers = {"Content-Disposition": "inline", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=found.media_type, headers=headers)


def _address(request: ActorRequest, found: SchoolLink) -> str:
    return request.build_absolute_uri(reverse("anonymous:report", args=[found.token]))
