"""Legal requests: a prosecutor asks, a lead chooses what is given, the protection officer approves."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.documents.enums import Tongue
from caseflow.documents.forms import FileForm
from caseflow.documents.pdf import breakable, render_pdf
from caseflow.legalrequests import services
from caseflow.legalrequests.enums import State
from caseflow.legalrequests.forms import ApproveForm, AskForm, PrepareForm, WhyForm
from caseflow.legalrequests.rules import APPROVERS, ASKERS, PREPARERS, READERS, RequestRefused
from caseflow.legalrequests.selectors.composing import Chosen
from caseflow.legalrequests.selectors.scope import knows_what_is_given, requests_of

PER_PAGE = 25
PENDING = {**dict.fromkeys(ASKERS, ()), **dict.fromkeys(PREPARERS, (State.ASKED,))} | dict.fromkeys(
    APPROVERS, (State.PREPARED,)
)


@require_GET
@for_roles(*READERS)
def listed(request: ActorRequest) -> HttpResponse:
    """The requests that concern the reader, the newest first."""
    page = Paginator(requests_of(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "asks": request.actor.role in ASKERS, "own": PENDING[request.actor.role]}
    return render(request, "legalrequests/list.html", context)


@require_http_methods(["GET", "POST"])
@for_roles(*ASKERS)
def ask(request: ActorRequest) -> HttpResponse:
    """Record a request."""
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.ask(request.actor, form.wish())
        except RequestRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("Recorded. The lead psychologist is told."))
            return redirect("legalrequests:request", made.pk)
    return render(request, "legalrequests/ask.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@for_roles(*READERS)
@hides_what_is_not_yours
def request_page(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One request, as far as the reader may know it."""
    return _page(request, pk, WhyForm())


@require_http_methods(["GET", "POST"])
@for_roles(*PREPARERS)
@hides_what_is_not_yours
def prepare(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Find the case, choose field by field, look at what is given, sign it."""
    try:
        looked = services.look_for_case(request.actor, pk)
    except RequestRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("legalrequests:request", pk)
    wanted = request.POST.get("case") or request.GET.get("case") or ""
    known = {str(case.pk) for case in looked.cases}
    shown = services.show_copy(request.actor, pk, UUID(wanted), Chosen(())) if wanted in known else looked
    form = PrepareForm(shown, request.POST or None, initial={"case": wanted})
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("act") == "sign":
                services.prepare(request.actor, pk, form.case_id, form.chosen(), seen_sha256=form.cleaned_data["seen"])
                messages.success(request, gettext("Signed. The data protection officer looks at it next."))
                return redirect("legalrequests:request", pk)
            shown = services.show_copy(request.actor, pk, form.case_id, form.chosen())
        except RequestRefused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "shown": shown, "chosen": wanted, "taken": request.POST.getlist("taken")}
    return render(request, "legalrequests/prepare.html", context, status=422 if form.errors else 200)


@require_POST
@for_roles(*APPROVERS)
@hides_what_is_not_yours
def approve(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give what was prepared."""
    form = ApproveForm(request.POST)
    if not form.is_valid():
        return _page(request, pk, WhyForm(), approving=form)
    said = form.cleaned_data
    return _done(request, pk, lambda: services.approve(request.actor, pk, seen_sha256=said["seen"], days=said["days"]))


@require_POST
@for_roles(*PREPARERS, *APPROVERS)
@hides_what_is_not_yours
def refuse(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give nothing."""
    form = WhyForm(request.POST)
    if not form.is_valid():
        return _page(request, pk, form)
    return _done(request, pk, lambda: services.refuse(request.actor, pk, form.cleaned_data["words"]))


@require_POST
@for_roles(*ASKERS)
@hides_what_is_not_yours
def withdraw(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take the own request back."""
    form = WhyForm(request.POST)
    if not form.is_valid():
        return _page(request, pk, form)
    return _done(request, pk, lambda: services.withdraw(request.actor, pk, form.cleaned_data["words"]))


@require_GET
@for_roles(*ASKERS)
@hides_what_is_not_yours
def paper(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What was given, as PDF with reader and time on every page."""
    made = services.print_copy(request.actor, pk, Tongue(FileForm(request.GET).wish()[1]))
    content = render_pdf("legalrequests/copy.typ", breakable(made.data), made_at_epoch_s=int(made.made_at.timestamp()))
    name = f"legal-request-{made.request.pk}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _page(request: ActorRequest, pk: UUID, why: WhyForm, approving: ApproveForm | None = None) -> HttpResponse:
    opened = services.open_request(request.actor, pk)
    about, role = opened.file.request, request.actor.role
    context = {
        "opened": opened,
        "about": about,
        "file": opened.file,
        "why": why,
        "approving": approving or ApproveForm(initial={"seen": about.sha256}),
        "knows_given": knows_what_is_given(request.actor, about),
        "knows_case": role in PREPARERS,
        "may_prepare": role in PREPARERS and about.state == State.ASKED,
        "may_approve": role in APPROVERS and about.state == State.PREPARED,
        "may_refuse": about.state in PENDING[role],
        "may_withdraw": role in ASKERS and about.state in (State.ASKED, State.PREPARED),
    }
    errors = bool(why.errors or (approving and approving.errors))
    return render(request, "legalrequests/request.html", context, status=422 if errors else 200)


def _done(request: ActorRequest, pk: UUID, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except RequestRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, gettext("Recorded."))
    return redirect("legalrequests:request", pk)
