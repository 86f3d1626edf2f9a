"""The pages on which a safety plan is written and shared."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from caseflow.cases.rules import CaseRefused
from caseflow.cases.views.drafted import chosen, done, drafted, status_of
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.plans import services
from caseflow.plans.drafting import SAFETY
from caseflow.plans.forms import SafetyForm
from caseflow.plans.rules import CASE_WORKERS, PlanText, both, empty_text, fields_of, text_in
from caseflow.plans.rules.written import SEEN
from caseflow.plans.selectors.versions import saved_draft
from caseflow.plans.services.drafting import DROPPED
from caseflow.plans.services.reading import open_safety
from caseflow.undo.offering import say_with_undo

JOIN: Final = "join"  # "theirs" or "both": what its author takes of two people's texts


@require_POST
@for_roles(*CASE_WORKERS)
@hides_what_is_not_yours
def begin(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Begin the plan, or its next version."""
    return _done(request, pk, lambda: services.begin_draft(request.actor, pk), "", to="plans:safety")


@require_http_methods(["GET", "POST"])
@for_roles(*CASE_WORKERS)
@hides_what_is_not_yours
def edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Write on the draft."""
    if request.method == "GET" or JOIN in request.POST:
        return _edit_page(request, pk, None)
    form = drafted(request, f"{SAFETY}-{pk}", SafetyForm)

    def save(given: dict[str, Any]) -> None:
        services.save_draft(request.actor, pk, form.text(), seen_sha256=given[SEEN])

    if done(request, form, save):
        messages.success(request, gettext("The draft is saved."))
        return redirect("plans:sign" if "sign" in request.POST else "plans:safety", pk)
    return _edit_page(request, pk, form)


@require_POST
@for_roles(*CASE_WORKERS)
@hides_what_is_not_yours
def drop(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Forget the draft; what was signed stays."""
    seen = request.POST.get("seen", "")

    def act() -> None:
        services.drop_draft(request.actor, pk, seen_sha256=seen)
        said = gettext("The draft is dropped. The signed plan stands as before.")
        say_with_undo(request, said, DROPPED, pk)

    return _done(request, pk, act, "")


@require_POST
@for_roles(*CASE_WORKERS)
@hides_what_is_not_yours
def share(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Let the guardians read the marked lines."""
    said = gettext("The guardians can read the marked lines now. They are told.")
    return _done(request, pk, lambda: services.share_plan(request.actor, pk), said)


@require_POST
@for_roles(*CASE_WORKERS)
@hides_what_is_not_yours
def unshare(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Close what the guardians could read."""
    said = gettext("The guardians no longer see it.")
    return _done(request, pk, lambda: services.end_sharing(request.actor, pk), said)


def _edit_page(request: ActorRequest, pk: UUID, form: SafetyForm | None) -> HttpResponse:
    case, safety = open_safety(request.actor, pk)
    if form is None and safety.draft is None:
        return redirect("plans:case", pk)
    shown = form or _begun(request, pk, safety.draft or empty_text())
    if safety.plan and safety.draft and not shown.is_bound:
        shown.show_newer(saved_draft(safety.plan, safety.draft))
    context = {"case": case, "safety": safety, "form": shown}
    return render(request, "plans/edit.html", context, status=status_of(shown))


def _begun(request: ActorRequest, pk: UUID, draft: PlanText) -> SafetyForm:
    """The form with what its author keeps, else with the draft; or with what they chose of theirs and the draft."""
    key, stands = f"{SAFETY}-{pk}", {**fields_of(draft), SEEN: draft.sha256}
    if JOIN not in request.POST:
        return drafted(request, key, SafetyForm, **stands)
    mine = text_in({name: str(value) for name, value in request.POST.items()})
    taken = both(mine, draft) if request.POST[JOIN] == "both" else draft
    return chosen(request, key, SafetyForm, {**fields_of(taken), SEEN: draft.sha256})


def _done(
    request: ActorRequest, pk: UUID, change: Callable[[], object], said: str, *, to: str = "plans:case"
) -> HttpResponse:
    """Make the change and go on; what is refused is said on the page of the plans."""
    try:
        change()
    except CaseRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("plans:case", pk)
    if said:
        messages.success(request, said)
    return redirect(to, pk)
