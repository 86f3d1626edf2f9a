"""The protocols: what is in force, what was, and the drafts of the region's lead."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.forms.formsets import BaseFormSet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caseflow.cases.forms.seen import Beside, beside_text
from caseflow.cases.rules import CASE_ROLES
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles
from caseflow.protocols import services
from caseflow.protocols.enums import Setting
from caseflow.protocols.forms.protocols import StepForm, VersionForm, WithdrawForm, forms_of, written
from caseflow.protocols.models import ProtocolVersion
from caseflow.protocols.rules import FlowRefused, VersionText, both, read_out
from caseflow.protocols.selectors.versions import may_edit_protocols, seen_of, text_of, version_of, visible_versions
from caseflow.protocols.services.editing import DISCARDED
from caseflow.undo.offering import say_with_undo

LEAD = Role.LEAD_PSYCHOLOGIST
JOIN = "join"  # "theirs" or "both": what its author takes of two people's texts


@require_GET
@for_roles(*CASE_ROLES)
def protocols(request: ActorRequest) -> HttpResponse:
    """All protocols, with their versions."""
    context = {"versions": visible_versions(request.actor), "may_edit": may_edit_protocols(request.actor)}
    return render(request, "protocols/list.html", context)


@require_GET
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def version(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One version as it reads."""
    return _version_page(request, pk, WithdrawForm())


@require_POST
@for_roles(LEAD)
@hides_what_is_not_yours
def draft(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Begin the region's draft with what this version says."""
    return redirect("protocols:edit", services.begin_draft(request.actor, pk).pk)


@require_http_methods(["GET", "POST"])
@for_roles(LEAD)
def new(request: ActorRequest) -> HttpResponse:
    """Add a protocol of the region."""
    return _write(request, None, lambda text: services.new_protocol(request.actor, text))


@require_http_methods(["GET", "POST"])
@for_roles(LEAD)
@hides_what_is_not_yours
def edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Write a draft."""
    services.require_editor(request.actor)
    seen = request.POST.get("seen", "")
    return _write(
        request,
        version_of(request.actor, pk),
        lambda text: services.save_draft(request.actor, pk, text, seen=seen),
    )


@require_POST
@for_roles(LEAD)
@hides_what_is_not_yours
def publish(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Put a draft into force."""
    try:
        services.publish(request.actor, pk)
    except FlowRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("protocols:version", pk)
    messages.success(request, _("The version is in force. Flows that run keep the one they began with."))
    return redirect("protocols:list")


@require_POST
@for_roles(LEAD)
@hides_what_is_not_yours
def discard(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Throw a draft away."""
    try:
        services.discard_draft(request.actor, pk)
    except FlowRefused as refusal:
        messages.error(request, str(refusal))
    else:
        say_with_undo(request, _("The draft is thrown away."), DISCARDED, pk)
    return redirect("protocols:list")


@require_POST
@for_roles(LEAD)
@hides_what_is_not_yours
def withdraw(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take a version of the region out of force."""
    services.require_editor(request.actor)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        try:
            services.withdraw(request.actor, pk, reason=form.cleaned_data["reason"])
        except FlowRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The version is withdrawn. Flows that run go on with it."))
            return redirect("protocols:version", pk)
    return _version_page(request, pk, form)


def _version_page(request: ActorRequest, pk: UUID, form: WithdrawForm) -> HttpResponse:
    found = version_of(request.actor, pk)
    context = {
        "version": found,
        "steps": found.steps.all(),
        "may_edit": may_edit_protocols(request.actor),
        "withdraw": form,
    }
    return render(request, "protocols/version.html", context, status=422 if form.is_bound else 200)


def _write(
    request: ActorRequest, draft_: ProtocolVersion | None, save: Callable[[VersionText], ProtocolVersion]
) -> HttpResponse:
    services.require_editor(request.actor)
    setting = _setting(draft_)
    if request.method == "GET":
        return _form_page(request, draft_, forms_of(text_of(draft_) if draft_ else None, setting), _seen(draft_))
    form, steps = forms_of(None, setting, request.POST)
    if not (form.is_valid() and steps.is_valid()):
        # Whoever takes a text with unfinished words has not seen what was saved: both are shown once more.
        seen = "" if JOIN in request.POST else request.POST.get("seen", "")
        return _form_page(request, draft_, (form, steps), seen, status=422)
    text = written(form, steps)
    if draft_ and JOIN in request.POST:
        taken = both(text, text_of(draft_)) if request.POST[JOIN] == "both" else text_of(draft_)
        return _form_page(request, draft_, forms_of(taken, setting), _seen(draft_), is_unsaved=True)
    try:
        saved = save(text)
    except FlowRefused as refusal:
        form.add_error(None, str(refusal))
        if isinstance(refusal, services.DraftChanged):
            beside = beside_text(refusal.saved, read_out(text))
            return _form_page(request, draft_, (form, steps), str(refusal.saved.key), beside=beside, status=409)
        return _form_page(request, draft_, (form, steps), request.POST.get("seen", ""), status=422)
    messages.success(request, _("The draft is saved."))
    return redirect("protocols:version", saved.pk)


def _setting(draft_: ProtocolVersion | None) -> Setting:
    return draft_.protocol.setting if draft_ else Setting.CASE


def _seen(draft_: ProtocolVersion | None) -> str:
    return seen_of(draft_) if draft_ else ""


def _form_page(
    request: ActorRequest,
    draft_: ProtocolVersion | None,
    forms: tuple[VersionForm, BaseFormSet[StepForm]],
    seen: str,
    *,
    beside: Beside | None = None,
    is_unsaved: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The form on what its author has `seen`; `is_unsaved` where it holds what nothing keeps yet."""
    form, steps = forms
    unsaved = is_unsaved or form.is_bound
    context = {
        "version": draft_,
        "form": form,
        "steps": steps,
        "seen": seen,
        "beside": beside,
        "is_unsaved": unsaved,
        "gives_tasks": _setting(draft_) == Setting.CASE,
    }
    return render(request, "protocols/edit.html", context, status=status)
