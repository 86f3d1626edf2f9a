from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.dossier import services
from caseflow.dossier.enums import Form, Kind
from caseflow.dossier.forms import FORMS, DossierForm
from caseflow.dossier.paper import paper_pdf, printed
from caseflow.dossier.rules import MAKERS, DossierRefused
from caseflow.dossier.selectors.papers import Paper


@require_http_methods(["GET", "POST"])
@never_cache
@for_roles(*MAKERS)
@hides_what_is_not_yours
def profile(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Choose what a meeting profile holds, and make it."""
    return _page(request, pk, Kind.PROFILE)


@require_http_methods(["GET", "POST"])
@never_cache
@for_roles(*MAKERS)
@hides_what_is_not_yours
def chronology(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Choose what a full chronology holds, and make it."""
    return _page(request, pk, Kind.CHRONOLOGY)


def _page(request: ActorRequest, pk: UUID, kind: Kind) -> HttpResponse:
    file, offer = services.open_offer(request.actor, pk, kind)
    form = FORMS[kind](kind, offer.choices, request.POST or None)
    wanted_as = Form.PDF if request.POST.get("form") == Form.PDF else Form.PAGE
    paper = _made(request, pk, form, wanted_as)
    if paper is None:
        context = {"file": file, "offer": offer, "form": form, "kind": kind.value, "tab": "papers"}
        return render(request, "dossier/choose.html", context, status=422 if form.is_bound else 200)
    if wanted_as == Form.PDF:
        return pdf_answer(paper)
    context = {"case": file.case, "paper": printed(paper), "kind": kind.value, "asked": _asked(request)}
    return _unkept(render(request, "dossier/paper.html", context))


def _asked(request: ActorRequest) -> list[tuple[str, str]]:
    """What was sent, for the button that makes the PDF of the same."""
    kept = set(request.POST) - {"csrfmiddlewaretoken", "form"}
    return [(name, value) for name in sorted(kept) for value in request.POST.getlist(name)]


def pdf_answer(paper: Paper) -> HttpResponse:
    """The PDF, which no cache may keep; its name tells nobody whose it is."""
    headers = {"Content-Disposition": f'inline; filename="{paper.kind.value}.pdf"'}
    return _unkept(HttpResponse(paper_pdf(paper), content_type="application/pdf", headers=headers))


def _unkept(answer: HttpResponse) -> HttpResponse:
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _made(request: ActorRequest, pk: UUID, form: DossierForm, wanted_as: Form) -> Paper | None:
    """The paper, or None where the form is not sent or cannot be granted; it says why."""
    if not form.is_valid():
        return None
    try:
        return services.make_paper(request.actor, pk, form.wanted(wanted_as))
    except DossierRefused as refusal:
        form.add_error(None, str(refusal))
        return None
