"""The messages of an event, and the wording check beside whoever writes one."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.postvention import services
from caseflow.postvention.forms import ApproveForm, BeginForm, CheckForm, MessageForm
from caseflow.postvention.rules import AROUND_A_LOSS, LossRefused, check_wording
from caseflow.postvention.views.events import accepted


@require_GET
@for_roles(*AROUND_A_LOSS)
@hides_what_is_not_yours
def messages_of(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What may be written to whom."""
    event, offers = services.open_messages(request.actor, pk)
    return render(request, "postvention/messages.html", {"event": event, "offers": offers, "tab": "messages"})


@require_POST
@for_roles(*AROUND_A_LOSS)
@hides_what_is_not_yours
def begin(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Begin a message."""
    form = BeginForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Choose to whom and in which language."))
        return redirect("postvention:messages", pk)
    try:
        row = services.begin_message(request.actor, pk, **form.cleaned_data)
    except LossRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("postvention:messages", pk)
    return redirect("postvention:message", pk, row.pk)


@require_http_methods(["GET", "POST"])
@for_roles(*AROUND_A_LOSS)
@hides_what_is_not_yours
def message(request: ActorRequest, pk: UUID, message: UUID) -> HttpResponse:
    """Read a message, or write it anew."""
    if request.method == "GET":
        return _page(request, pk, message)
    form = MessageForm(request.POST)
    save = lambda: services.save_message(request.actor, message, **form.cleaned_data)  # noqa: E731  one use
    if form.is_valid() and accepted(form, save):
        messages.success(request, gettext("Saved. Read it once more, then approve it."))
        return redirect("postvention:message", pk, message)
    return _page(request, pk, message, form=form)


@require_POST
@for_roles(*AROUND_A_LOSS)
@hides_what_is_not_yours
def approve(request: ActorRequest, pk: UUID, message: UUID) -> HttpResponse:
    """The message may be used as it stands."""
    form = ApproveForm(request.POST)
    change: Callable[[], object] = lambda: services.approve_message(  # noqa: E731  one use
        request.actor, message, **form.cleaned_data
    )
    if form.is_valid() and accepted(form, change):
        messages.success(request, gettext("Approved. Copy it or print it: nothing is sent from here."))
        return redirect("postvention:message", pk, message)
    return _page(request, pk, message, approval=form)


@require_GET
@for_roles(*AROUND_A_LOSS)
@hides_what_is_not_yours
def paper(request: ActorRequest, pk: UUID, message: UUID) -> HttpResponse:
    """An approved message on paper."""
    try:
        pdf = services.print_message(request.actor, message)
    except LossRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("postvention:message", pk, message)
    headers = {"Content-Disposition": 'inline; filename="message.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@require_POST
@for_roles(*AROUND_A_LOSS)
def check(request: ActorRequest) -> HttpResponse:
    """What may harm in a text that is being written; nothing of it is kept."""
    form = CheckForm(request.POST)
    if not form.is_valid():
        return render(request, "postvention/_findings.html", {"too_long": True}, status=422)
    given = form.cleaned_data
    findings = check_wording(given["text"], given["language"])
    return render(request, "postvention/_findings.html", {"findings": findings, "checked": True})


def _page(
    request: ActorRequest,
    pk: UUID,
    message: UUID,
    *,
    form: MessageForm | None = None,
    approval: ApproveForm | None = None,
) -> HttpResponse:
    view = services.open_message(request.actor, message)
    context = {
        "view": view,
        "event": view.row.event,
        "form": form or MessageForm(initial={"text": view.text, "seen": view.row.seen}),
        "approval": approval or ApproveForm(initial={"seen": view.row.seen}),
        "tab": "messages",
    }
    refused = form is not None or approval is not None
    return render(request, "postvention/message.html", context, status=422 if refused else 200)
