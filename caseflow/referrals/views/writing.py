"""The page on which a referral is written: receiver, ground, fields, and what the receiver would read, in one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from caseflow.cases.rules import CaseRefused
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.referrals import services
from caseflow.referrals.enums import Ground, Kind
from caseflow.referrals.forms import WriteForm
from caseflow.referrals.rules import MINIMUM, SENDERS, WRITTEN
from caseflow.referrals.selectors.writing import Writing
from caseflow.referrals.services.reading import open_draft
from caseflow.undo.offering import say_with_undo


@require_POST
@for_roles(*SENDERS)
@hides_what_is_not_yours
def begin(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Begin a referral of the case, or a transfer of it."""
    kind = Kind.TRANSFER if request.POST.get("kind") == Kind.TRANSFER else Kind.REFERRAL
    try:
        referral = services.begin_referral(request.actor, pk, kind)
    except CaseRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("cases:detail", pk)
    return redirect("referrals:write", referral.pk)


@require_http_methods(["GET", "POST"])
@for_roles(*SENDERS)
@hides_what_is_not_yours
def write(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Write on the draft; htmx asks for the same page and takes the part that has changed."""
    return _page(request, pk) if request.method == "GET" else _written(request, pk)


@require_POST
@for_roles(*SENDERS)
@hides_what_is_not_yours
def send(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Send what stands on the page, as its preview was seen; what is refused stays as the draft.

    Only a person sends: htmx gives what it keeps the address of the button that was pressed meanwhile.
    """
    if request.headers.get("HX-Request"):
        return _written(request, pk)
    form = WriteForm(open_draft(request.actor, pk), request.POST)
    if not form.is_valid():
        return _page(request, pk, refused=form)
    try:
        referral = services.send_written(request.actor, pk, form.written(), seen_sha256=form.cleaned_data["seen"])
    except CaseRefused as refusal:
        return _page(request, pk, said=_kept(request, pk, form) or str(refusal))
    sent = gettext("Sent. You see here what becomes of it.")
    messages.success(request, sent)
    return redirect("referrals:detail", referral.pk)


@require_POST
@for_roles(*SENDERS)
@hides_what_is_not_yours
def drop(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Forget the draft."""
    try:
        case_id = services.drop_referral(request.actor, pk)
    except CaseRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("referrals:detail", pk)
    say_with_undo(request, gettext("The draft is dropped. Nothing was sent."), services.DROPPED, pk)
    return redirect("cases:detail", case_id)


def _written(request: ActorRequest, pk: UUID) -> HttpResponse:
    form = WriteForm(open_draft(request.actor, pk), request.POST)
    said = _kept(request, pk, form)
    if said or not form.is_valid():
        return _page(request, pk, refused=form, said=said)
    if request.headers.get("HX-Request"):
        return _page(request, pk)
    messages.success(request, gettext("The draft is saved."))
    return redirect("referrals:write", pk)


def _kept(request: ActorRequest, pk: UUID, form: WriteForm) -> str:
    """Keep what is valid as the draft; what was refused, "" where nothing was."""
    if not form.is_valid():
        return ""
    try:
        services.write_referral(request.actor, pk, form.written())
    except CaseRefused as refusal:
        return str(refusal)
    return ""


def _typed_into(writing: Writing, form: WriteForm) -> list[str]:
    """The text fields that this receiver and this ground ask for; the others are there, but hidden."""
    of_ground = ["ground_words"] if writing.referral.receiver and form["ground"].value() == Ground.LEGAL else []
    return of_ground + [told.value for told in WRITTEN if told in writing.fields]


def _page(request: ActorRequest, pk: UUID, *, refused: WriteForm | None = None, said: str = "") -> HttpResponse:
    writing = open_draft(request.actor, pk)
    form = refused or WriteForm(writing)
    context = {
        "writing": writing,
        "referral": writing.referral,
        "form": form,
        "said": said,
        "minimum": MINIMUM,
        "chosen": form["fields_told"].value() or [],
        "taken": form["taken"].value() or [],
        "written": [(told, form[told.value]) for told in WRITTEN],
        "typed": _typed_into(writing, form),
        "ready": [told for told in writing.fields if told not in WRITTEN],
    }
    return render(request, "referrals/write.html", context, status=422 if refused or said else 200)
