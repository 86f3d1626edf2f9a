"""Today: the queue and the decisions taken in it. Every address also answers without scripts."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import reswap, retarget, trigger_client_event

from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles
from caseflow.triage.details import details_url
from caseflow.triage.enums import OFFERED_REASONS, ItemKind
from caseflow.triage.forms import DecisionForm
from caseflow.triage.models import TriageItem
from caseflow.triage.selectors import day_of, waiting_counts
from caseflow.triage.services import (
    AlreadyDecidedError,
    BadDecisionError,
    ClaimedError,
    claim,
    decide,
    offer_pupils,
    open_item,
    release,
    show_case_items,
    show_case_waiting,
    show_queue,
    show_today,
    undo,
)
from caseflow.undo.rules import TooLateError

DECIDERS = (Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST)


@require_GET
@for_roles(*DECIDERS)
def today(request: ActorRequest) -> HttpResponse:
    """The page."""
    page = show_today(request.actor, kind=_kind(request), item_id=_uuid(request.GET.get("item", "")))
    return render(request, "triage/today.html", _context(page=page, queue=page.queue, opened=page.opened))


@require_GET
@for_roles(*DECIDERS)
def queue(request: ActorRequest) -> HttpResponse:
    """The rows alone, to be merged into the page."""
    return render(request, "triage/_queue.html", _context(queue=show_queue(request.actor, kind=_kind(request))))


@require_GET
@for_roles(*DECIDERS)
def side(request: ActorRequest) -> HttpResponse:
    """The side column."""
    return render(request, "triage/_side.html", {"day": day_of(request.actor)})


@require_GET
@for_roles(*DECIDERS)
def count(request: ActorRequest) -> HttpResponse:
    """How many items wait, for the header of every page."""
    return HttpResponse(waiting_counts(request.actor)[""], content_type="text/plain")


@require_GET
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def item(request: ActorRequest, pk: UUID) -> HttpResponse:
    """An item opened in place; what became of it when it is decided; without htmx the page that shows it."""
    opened = open_item(request.actor, pk)
    if not request.headers.get("HX-Request"):
        return redirect(_page_of(opened.item))
    template = "triage/_more.html" if opened.item.is_open else "triage/_taken.html"
    return render(request, template, _context(opened=opened, item=opened.item))


@require_POST
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def claim_item(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Hold the item while a reason is written."""
    try:
        claim(request.actor, pk)
    except ClaimedError as held:
        return _lost(request, pk, "triage/_held.html", held=held)
    except AlreadyDecidedError as lost:
        return _lost(request, pk, "triage/_taken.html", item=lost.item)
    return HttpResponse(status=204)


@require_POST
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def decide_item(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take a decision: the row turns into what was done, with the way back."""
    form = DecisionForm(request.POST)
    wish = form.wish() if form.is_valid() else {"decision": ""}
    try:
        decided = decide(request.actor, item_id=pk, **wish)
    except BadDecisionError as refused:
        return _refused(request, pk, str(refused))
    except ClaimedError as held:
        return _lost(request, pk, "triage/_held.html", held=held)
    except AlreadyDecidedError as lost:
        return _lost(request, pk, "triage/_taken.html", item=lost.item)
    return _row(request, decided, "triage/_handled.html")


@require_POST
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def undo_item(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take the own decision back."""
    try:
        undone = undo(request.actor, pk)
    except TooLateError:
        return _lost(request, pk, "triage/_too_late.html")
    if not request.headers.get("HX-Request"):
        return _back(undone)
    opened = open_item(request.actor, pk)
    return _changed(render(request, "triage/_row.html", _context(row=opened.row, opened=opened)))


@require_POST
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def release_item(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Let the item go: the reason is not going to be written."""
    release(request.actor, pk)
    return HttpResponse(status=204)


@require_GET
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def pupils(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Pupils to open a case for, where the item names none."""
    query = request.GET.get("q", "")
    found = offer_pupils(request.actor, pk, query)
    return render(request, "triage/_pupils.html", {"pupils": found, "query": query})


@require_GET
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def case_items(request: ActorRequest, case: UUID) -> HttpResponse:
    """What was linked to a case, for its page."""
    return render(request, "triage/_case_items.html", {"rows": show_case_items(request.actor, case)})


@require_GET
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def case_waiting(request: ActorRequest, case: UUID) -> HttpResponse:
    """What waits in Today about the pupil of a case, for its page; empty when nothing does."""
    return render(request, "triage/_case_waiting.html", _context(rows=show_case_waiting(request.actor, case)))


def _row(request: ActorRequest, decided: TriageItem, template: str) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        return _back(decided)
    return _changed(render(request, template, {"item": decided}))


def _refused(request: ActorRequest, pk: UUID, message: str) -> HttpResponse:
    """Say what is missing in the row's own note; what was typed stays where it is."""
    if not request.headers.get("HX-Request"):
        messages.error(request, message)
        return HttpResponseRedirect(f"{reverse('triage:today')}?item={pk}")
    return _into_note(render(request, "triage/_refused.html", {"message": message}, status=422), pk)


def _lost(request: ActorRequest, pk: UUID, template: str, **context: Any) -> HttpResponse:
    """Say that somebody was faster, or that it is too late."""
    if not request.headers.get("HX-Request"):
        return render(request, "triage/lost.html", context | {"note": template}, status=409)
    return _into_note(render(request, template, context, status=409), pk)


def _into_note(response: HttpResponse, pk: UUID) -> HttpResponse:
    return reswap(retarget(response, f"#note-{pk}"), "innerHTML")


def _changed(response: HttpResponse) -> HttpResponse:
    return trigger_client_event(response, "triage:changed")


def _back(decided: TriageItem) -> HttpResponseRedirect:
    query = f"?item={decided.pk}" if decided.is_open else ""
    return HttpResponseRedirect(reverse("triage:today") + query)


def _page_of(shown: TriageItem) -> str:
    return f"{reverse('triage:today')}?item={shown.pk}" if shown.is_open else details_url(shown) or reverse("home")


def _context(**more: Any) -> dict[str, Any]:
    return {"reasons": OFFERED_REASONS, "kinds": ItemKind, "now": timezone.now()} | more


def _kind(request: ActorRequest) -> str:
    kind = request.GET.get("kind", "")
    return kind if kind in ItemKind.values else ""


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
