"""A letter to print: as a page, or as PDF with `?form=pdf`; `?language=` is one of `Tongue`."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.documents.enums import Tongue
from caseflow.referrals.paper import letter_pdf
from caseflow.referrals.rules import READERS
from caseflow.referrals.services.printing import print_letter

TONGUES = (Tongue.BOTH, Tongue.KAZAKH, Tongue.RUSSIAN)  # agencies write and read in these


@require_GET
@never_cache
@for_roles(*READERS)
@hides_what_is_not_yours
def paper(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The letter in Kazakh, in Russian or in both."""
    asked = request.GET.get("language")
    tongue = next((one for one in TONGUES if one == asked), Tongue.BOTH)
    made = print_letter(request.actor, pk, tongue)
    if request.GET.get("form") == "pdf":
        headers = {"Content-Disposition": 'inline; filename="referral.pdf"'}
        answer = HttpResponse(letter_pdf(made), content_type="application/pdf", headers=headers)
    else:
        context = {"referral": made.referral, "paper": made.data, "tongue": tongue, "tongues": TONGUES}
        answer = render(request, "referrals/paper.html", context)
    answer.headers["Cache-Control"] = "no-store"
    return answer
