"""Decisions: drafted, approved, carried out, proved."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caseflow.attachments.answers import as_download
from caseflow.attachments.rules import AttachmentRefused
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.council import services
from caseflow.council.enums import DecisionState, Move
from caseflow.council.forms import DecisionForm, MoveForm
from caseflow.council.models import Decision
from caseflow.council.rules import FOLLOWERS, STEERERS, CouncilRefused
from caseflow.council.selectors.register import DecisionFile, decision_file, draft_digest
from caseflow.council.selectors.scope import decisions_of, sessions_of
from caseflow.council.services.reading import open_evidence
from caseflow.council.wording import BUTTONS, DONE, decision_title
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles


@require_http_methods(["GET", "POST"])
@for_roles(*STEERERS)
@hides_what_is_not_yours
def draft(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Draft a decision of a session."""
    session = sessions_of(request.actor).get(pk=pk)
    form = DecisionForm(session, request.POST or None, initial={"item": request.GET.get("item")})
    if request.method == "POST" and form.is_valid():
        try:
            services.draft_decision(request.actor, pk, form.drafted())
        except CouncilRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("council:session", pk)
    context = {"form": form, "session": session, "decision": None}
    return render(request, "council/draft.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_roles(*STEERERS)
@hides_what_is_not_yours
def change(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say a draft otherwise."""
    decision = decisions_of(request.actor).get(pk=pk)
    form = DecisionForm(decision.session, request.POST or None, decision=decision)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_draft(request.actor, pk, form.drafted())
        except CouncilRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("council:session", decision.session_id)
    context = {"form": form, "session": decision.session, "decision": decision}
    return render(request, "council/draft.html", context, status=422 if form.errors else 200)


@require_POST
@for_roles(*STEERERS)
@hides_what_is_not_yours
def drop(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Forget a draft."""
    session_id = decisions_of(request.actor).get(pk=pk).session_id
    try:
        services.drop_draft(request.actor, pk)
    except CouncilRefused as refused:
        messages.error(request, str(refused))
    return redirect("council:session", session_id)


@require_GET
@for_roles(*FOLLOWERS)
@hides_what_is_not_yours
def decision(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One decision with all that became of it."""
    return _page(request, decision_file(request.actor, pk))


@require_POST
@for_roles(*FOLLOWERS)
@hides_what_is_not_yours
def move(request: ActorRequest, pk: UUID, move: str) -> HttpResponse:
    """Make a move with it."""
    if move not in Move:
        raise Http404
    file = decision_file(request.actor, pk)
    form = MoveForm(Move(move), request.POST, request.FILES)
    if form.is_valid():
        try:
            said = replace(form.said(), seen=request.POST.get("seen", ""))
            services.move_decision(request.actor, pk, Move(move), said)
        except (CouncilRefused, AttachmentRefused) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, str(DONE[Move(move)]))
            back = "council:session" if move == Move.APPROVE else "council:decision"
            return redirect(back, file.decision.session_id if move == Move.APPROVE else pk)
    if Move(move) not in file.moves:
        messages.error(request, gettext("This is not possible here, or not any more."))
        return redirect("council:decision", pk)
    return _page(request, decision_file(request.actor, pk), refused=form, status=422)


@require_GET
@for_roles(*FOLLOWERS)
@hides_what_is_not_yours
def evidence(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A file that proves something, as a download. The reading is logged."""
    kept, content = open_evidence(request.actor, pk)
    return as_download(kept.name, content)


def _page(
    request: ActorRequest, file: DecisionFile, *, refused: MoveForm | None = None, status: int = 200
) -> HttpResponse:
    forms = [refused if refused and refused.move == one else _form(file.decision, one) for one in file.moves]
    context = {
        "file": file,
        "decision": file.decision,
        "title": decision_title(file.decision),
        "acts": [(form, BUTTONS[form.move]) for form in forms],
        "refused": refused.move if refused else "",
        "steers": request.actor.role in STEERERS,
        "seen": draft_digest(file.decision),
        "is_draft": file.decision.state == DecisionState.DRAFT,
    }
    return render(request, "council/decision.html", context, status=status)


def _form(decision: Decision, move: Move) -> MoveForm:
    return MoveForm(move, until=decision.asked_until if move == Move.GIVE_LONGER else None)
