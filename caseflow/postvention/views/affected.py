"""Whom a loss touches."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from caseflow.cases.rules import CaseRefused
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.directory.models import Pupil
from caseflow.postvention import services
from caseflow.postvention.enums import Circle
from caseflow.postvention.forms import AddForm, ParentsForm, TalkForm
from caseflow.postvention.rules import COUNSELLORS, LossRefused
from caseflow.postvention.selectors.affected import AffectedPage, found_by_name
from caseflow.postvention.selectors.scope import counselled_losses
from caseflow.postvention.services.affected import REMOVED
from caseflow.postvention.views.events import accepted
from caseflow.undo.offering import say_with_undo

FOUND = "found"  # the card of those who were looked for by name
LONGEST_QUERY = 100


@dataclass(slots=True)
class Card:
    """Pupils who may be put on the list together, and the form that does it."""

    key: str
    circle: Circle
    pupils: list[Pupil]
    form: AddForm

    @property
    def by_hand(self) -> bool:
        return self.key == FOUND

    @property
    def chosen_circle(self) -> str:
        return str(self.form["circle"].value() if self.by_hand else self.circle)


@require_GET
@for_roles(*COUNSELLORS)
@hides_what_is_not_yours
def affected(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The list, and who might be on it."""
    return _page(request, pk)


@require_POST
@for_roles(*COUNSELLORS)
@hides_what_is_not_yours
def add(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Put pupils on the list, or tick all of a card first."""
    event = counselled_losses(request.actor).get(pk=pk)
    key = request.POST.get("card", "")
    if "tick" in request.POST:
        return _page(request, pk, key)
    form = AddForm(request.actor, event.school_id, request.POST)

    def change() -> object:
        given = form.cleaned_data
        chosen = [pupil.pk for pupil in given["pupils"]]
        return services.add_affected(
            request.actor, pk, pupil_ids=chosen, circle=given["circle"], reason=given["reason"]
        )

    if form.is_valid() and accepted(form, change):
        messages.success(request, gettext("They are on the list."))
        return redirect("postvention:affected", pk)
    return _page(request, pk, key, form)


@require_POST
@for_roles(*COUNSELLORS)
@hides_what_is_not_yours
def talk(request: ActorRequest, pk: UUID, row: UUID) -> HttpResponse:
    """Somebody talked with the pupil."""
    form = TalkForm(request.POST)
    return _changed(request, pk, form, lambda: services.record_talk(request.actor, row, **form.cleaned_data))


@require_POST
@for_roles(*COUNSELLORS)
@hides_what_is_not_yours
def parents(request: ActorRequest, pk: UUID, row: UUID) -> HttpResponse:
    """The pupil's parents were told."""
    form = ParentsForm(request.POST)
    return _changed(request, pk, form, lambda: services.record_parents_told(request.actor, row, **form.cleaned_data))


@require_POST
@for_roles(*COUNSELLORS)
@hides_what_is_not_yours
def case(request: ActorRequest, pk: UUID, row: UUID) -> HttpResponse:
    """Open or link a case."""
    return _changed(request, pk, forms.Form(request.POST), lambda: services.give_case(request.actor, row))


@require_POST
@for_roles(*COUNSELLORS)
@hides_what_is_not_yours
def remove(request: ActorRequest, pk: UUID, row: UUID) -> HttpResponse:
    """Take a pupil off the list."""
    try:
        services.remove_affected(request.actor, row)
    except LossRefused as refusal:
        messages.error(request, str(refusal))
    else:
        say_with_undo(request, gettext("The pupil is off the list."), REMOVED, row)
    return redirect("postvention:affected", pk)


def _changed(request: ActorRequest, pk: UUID, form: forms.Form, change: Callable[[], object]) -> HttpResponse:
    """Make the change; what is refused is said above the list."""
    try:
        if form.is_valid():
            change()
            messages.success(request, gettext("Recorded."))
        else:
            messages.error(request, " ".join(str(said) for errors in form.errors.values() for said in errors))
    except (LossRefused, CaseRefused) as refusal:
        messages.error(request, str(refusal))
    return redirect("postvention:affected", pk)


def _page(request: ActorRequest, pk: UUID, key: str = "", refused: AddForm | None = None) -> HttpResponse:
    """The list with the cards of who might be on it: the one called `key` as it was sent, or with everybody ticked."""
    page = services.open_affected(request.actor, pk)
    query = (request.POST if request.method == "POST" else request.GET).get("q", "").strip()[:LONGEST_QUERY]
    cards = _cards(request, page, query)
    for card in cards:
        if card.key == key:
            card.form = refused or _all_ticked(request, page, card)
    context = {
        "page": page,
        "event": page.event,
        "tab": "affected",
        "query": query,
        "found": any(card.by_hand for card in cards),
        "cards": cards,
        "refused": refused if key not in {card.key for card in cards} else None,
        "talk": TalkForm(),
        "parents": ParentsForm(),
    }
    return render(request, "postvention/affected.html", context, status=422 if refused else 200)


def _cards(request: ActorRequest, page: AffectedPage, query: str) -> list[Card]:
    empty = AddForm(request.actor, page.event.school_id)
    found = found_by_name(request.actor, page, query)
    by_hand = [Card(FOUND, Circle.FRIEND, found, empty)] if found else []
    return by_hand + [Card(one.circle.value, one.circle, one.pupils, empty) for one in page.proposals]


def _all_ticked(request: ActorRequest, page: AffectedPage, card: Card) -> AddForm:
    typed = {name: request.POST.get(name, "") for name in ("circle", "reason")}
    return AddForm(request.actor, page.event.school_id, initial=typed | {"pupils": [one.pk for one in card.pupils]})
