"""Templates of messages: everybody around a loss reads them, the lead of a region writes and approves them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles
from caseflow.postvention import services
from caseflow.postvention.enums import Language
from caseflow.postvention.forms import ApproveForm, TemplateForm
from caseflow.postvention.rules import AROUND_A_LOSS
from caseflow.postvention.selectors.messages import (
    is_warned,
    may_approve,
    template_findings,
    template_of,
    visible_templates,
)
from caseflow.postvention.views.events import accepted


@require_GET
@for_roles(*AROUND_A_LOSS)
def templates(request: ActorRequest) -> HttpResponse:
    """The shipped templates and the region's own."""
    context = {"templates": visible_templates(request.actor), "may_approve": may_approve(request.actor)}
    return render(request, "postvention/templates.html", context)


@require_GET
@for_roles(*AROUND_A_LOSS)
@hides_what_is_not_yours
def template(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Read a template."""
    return _page(request, pk)


@require_POST
@for_roles(Role.LEAD_PSYCHOLOGIST)
@hides_what_is_not_yours
def save(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Write the region's draft of a template."""
    services.require_approver(request.actor)
    form = TemplateForm(request.POST)
    saved: list[UUID] = []

    def change() -> None:
        source = form.cleaned_data["source"]
        saved.append(services.save_template(request.actor, pk, texts=form.texts(), source=source).pk)

    if form.is_valid() and accepted(form, change):
        messages.success(request, gettext("The draft is saved. It is offered once you approve it."))
        return redirect("postvention:template", saved[0])
    return _page(request, pk, form=form)


@require_POST
@for_roles(Role.LEAD_PSYCHOLOGIST)
@hides_what_is_not_yours
def approve(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Approve a template for the region."""
    services.require_approver(request.actor)
    form = ApproveForm(request.POST)
    approved: list[UUID] = []

    def change() -> None:
        reason = form.cleaned_data["reason"]
        approved.append(services.approve_template(request.actor, pk, reason=reason).pk)

    if form.is_valid() and accepted(form, change):
        messages.success(request, gettext("Approved. The schools of the region are offered this version now."))
        return redirect("postvention:template", approved[0])
    return _page(request, pk, approval=form)


def _page(
    request: ActorRequest, pk: UUID, *, form: TemplateForm | None = None, approval: ApproveForm | None = None
) -> HttpResponse:
    shown = template_of(request.actor, pk)
    findings = template_findings(shown)
    context = {
        "template": shown,
        "texts": [(language, shown.texts[language], findings.get(language, [])) for language in Language],
        "form": form or TemplateForm.of(shown),
        "approval": approval or ApproveForm(),
        "warned": is_warned(shown),
        "own": shown.made_by_id == request.actor.user.pk,
        "may_approve": may_approve(request.actor),
    }
    refused = form is not None or approval is not None
    return render(request, "postvention/template.html", context, status=422 if refused else 200)
