"""The protocols: what is in force, what was, and the drafts of the region's lead."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caseflow.cases.rules import CASE_ROLES
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles
from caseflow.protocols import services
from caseflow.protocols.enums import Setting
from caseflow.protocols.forms.protocols import WithdrawForm, forms_of, written
from caseflow.protocols.models import ProtocolVersion
from caseflow.protocols.rules import FlowRefused, VersionText
from caseflow.protocols.selectors.versions import may_edit_protocols, seen_of, text_of, version_of, visible_versions
from caseflow.protocols.services.editing import DISCARDED
from caseflow.undo.offering import say_with_undo

LEAD = Role.LEAD_PSYCHOLOGIST


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
    sent = request.POST if request.method == "POST" else None
    setting = draft_.protocol.setting if draft_ else Setting.CASE
    form, steps = forms_of(text_of(draft_) if draft_ and sent is None else None, setting, sent)
    if sent is not None and form.is_valid() and steps.is_valid():
        try:
            saved = save(written(form, steps))
        except FlowRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The draft is saved."))
            return redirect("protocols:version", saved.pk)
    context = {
        "version": draft_,
        "form": form,
        "steps": steps,
        "seen": seen_of(draft_) if draft_ else "",
        "gives_tasks": setting == Setting.CASE,
    }
    return render(request, "protocols/edit.html", context, status=422 if sent is not None else 200)
