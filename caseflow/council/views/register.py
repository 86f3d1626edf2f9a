"""The register of decisions and the minutes, on the page and as files."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.council.forms import RegisterForm
from caseflow.council.rules import CARRIERS, FOLLOWERS, READERS
from caseflow.council.selectors.register import counts_of, register_choices
from caseflow.council.selectors.register import register as registered
from caseflow.council.services.reading import take_minutes, take_register
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.documents.forms import FileForm
from caseflow.documents.sheets import sent

PER_PAGE = 25


@require_GET
@for_roles(*FOLLOWERS)
def register(request: ActorRequest) -> HttpResponse:
    """All decisions that fit; of an agency those that it carries out."""
    form = RegisterForm(request.GET, *register_choices(request.actor))
    asked = form.asked()
    page = Paginator(registered(request.actor, asked), PER_PAGE).get_page(request.GET.get("page"))
    kept = {"state": asked.state, "agency": asked.agency or "", "year": asked.year or ""}
    context = {
        "form": form,
        "page": page,
        "asked": asked,
        "counts": counts_of(request.actor),
        "query": urlencode(kept) + "&",
        "kept": kept.items(),
        "export": FileForm(),
        "carries": request.actor.role in CARRIERS,
    }
    return render(request, "council/register.html", context)


@require_GET
@for_roles(*FOLLOWERS)
def register_file(request: ActorRequest) -> HttpResponse:
    """The register as a file, as it is narrowed."""
    asked = RegisterForm(request.GET, *register_choices(request.actor)).asked()
    kind, language = FileForm(request.GET).wish()
    return sent("decisions", kind, take_register(request.actor, asked, kind, language))


@require_GET
@for_roles(*READERS)
@hides_what_is_not_yours
def minutes_file(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Agenda or minutes of a session as a file."""
    kind, language = FileForm(request.GET).wish()
    session, content = take_minutes(request.actor, pk, kind, language)
    return sent(f"session-{session.year}-{session.number}", kind, content)
