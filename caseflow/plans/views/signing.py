"""The pages for the tablet that is handed over: the plan in large letters, the signatures, and nothing else."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from caseflow.cases.rules import CaseRefused
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.plans import services
from caseflow.plans.enums import Signer
from caseflow.plans.forms import CountersignForm, SignForm
from caseflow.plans.rules import CASE_WORKERS
from caseflow.plans.services.reading import open_countersigning, open_signing


@require_http_methods(["GET", "POST"])
@for_roles(*CASE_WORKERS)
@hides_what_is_not_yours
def sign(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Read the draft aloud and sign it."""
    form = SignForm(request.POST) if request.method == "POST" else None
    if form is not None and _signed(request, pk, form):
        messages.success(request, gettext("The plan is signed."))
        return redirect("plans:case", pk)
    ready = open_signing(request.actor, pk)
    if ready.text is None:
        return redirect("plans:case", pk)
    if ready.missing:
        messages.error(request, " ".join(ready.missing))
        return redirect("plans:safety", pk)
    shown = form or SignForm(initial={"seen": ready.text.sha256, "review_on": ready.review_on})
    context = {"text": ready.text, "form": shown, "back": reverse("plans:case", args=[pk])}
    return render(request, "plans/sign.html", context, status=422 if form else 200)


@require_http_methods(["GET", "POST"])
@for_roles(*CASE_WORKERS)
@hides_what_is_not_yours
def countersign(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Have a guardian sign what is shared with them."""
    ready = open_countersigning(request.actor, pk)
    form = CountersignForm(ready.guardians, request.POST) if request.method == "POST" else None
    if form is not None and _countersigned(request, pk, form):
        messages.success(request, gettext("The signature of the guardian is kept with the plan."))
        return redirect("plans:case", pk)
    shown = form or CountersignForm(ready.guardians, initial={"seen": ready.shared.sha256})
    context = {
        "text": ready.shared,
        "form": shown,
        "guardians": ready.guardians,
        "back": reverse("plans:case", args=[pk]),
    }
    return render(request, "plans/countersign.html", context, status=422 if form else 200)


def _signed(request: ActorRequest, pk: UUID, form: SignForm) -> bool:
    if not form.is_valid():
        return False
    try:
        services.sign_plan(request.actor, pk, form.given(), seen_sha256=form.cleaned_data["seen"])
    except CaseRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _countersigned(request: ActorRequest, pk: UUID, form: CountersignForm) -> bool:
    if not form.is_valid():
        return False
    given = form.cleaned_data
    try:
        services.countersign(
            request.actor,
            pk,
            guardian_id=UUID(given["guardian"]),
            mark=form.mark(Signer.GUARDIAN),
            seen_sha256=given["seen"],
        )
    except CaseRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
