"""The events of loss and their checklist."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.postvention import services
from caseflow.postvention.forms import DayForm, MaybeWordsForm, OpenForm, WordsForm
from caseflow.postvention.rules import AROUND_A_LOSS, COUNSELLORS, LossRefused

LONGEST_QUERY = 100
Refused = tuple[str, forms.Form]  # which form of the page was refused, by its key, with what was typed


@require_GET
@for_roles(*AROUND_A_LOSS)
def losses(request: ActorRequest) -> HttpResponse:
    """The events in reach."""
    return render(request, "postvention/list.html", {"lines": services.open_losses(request.actor)})


@require_http_methods(["GET", "POST"])
@for_roles(*AROUND_A_LOSS)
def new(request: ActorRequest) -> HttpResponse:
    """Open an event, or look for the pupil first."""
    query = request.POST.get("q", "").strip()[:LONGEST_QUERY]
    if request.method == "GET" or "find" in request.POST:
        form = OpenForm(request.actor, initial=request.POST.dict() or None, query=query)
        return render(request, "postvention/new.html", {"form": form})
    form = OpenForm(request.actor, request.POST, query=query)
    if form.is_valid():
        try:
            event = services.open_event(request.actor, form.loss())
        except LossRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, gettext("The event is open. The first steps are due now; those who have them are told.")
            )
            return redirect("postvention:event", event.pk)
    return render(request, "postvention/new.html", {"form": form}, status=422)


@require_POST
@for_roles(*AROUND_A_LOSS)
def pupils(request: ActorRequest) -> HttpResponse:
    """Whom the event may be about, while the name is typed. By POST: many keep an address, and it is a name."""
    query = request.POST.get("q", "").strip()[:LONGEST_QUERY]
    form = OpenForm(request.actor, initial=request.POST.dict(), query=query)
    return render(request, "postvention/_pupils.html", {"choice": form.choice})


@require_GET
@for_roles(*AROUND_A_LOSS)
@hides_what_is_not_yours
def event(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The checklist: what is done, what is due, who has it."""
    return event_page(request, pk)


@require_POST
@for_roles(*AROUND_A_LOSS)
@hides_what_is_not_yours
def do(request: ActorRequest, pk: UUID, step: UUID) -> HttpResponse:
    """A step is done."""
    return _worded(request, pk, f"do-{step}", lambda text: services.do_step(request.actor, step, proof=text))


@require_POST
@for_roles(*AROUND_A_LOSS)
@hides_what_is_not_yours
def waive(request: ActorRequest, pk: UUID, step: UUID) -> HttpResponse:
    """A step does not apply."""
    return _worded(request, pk, f"waive-{step}", lambda text: services.waive_step(request.actor, step, reason=text))


@require_POST
@for_roles(*COUNSELLORS)
@hides_what_is_not_yours
def add_day(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Add a day on which the loss comes back."""
    form = DayForm(request.POST)
    return answered(request, pk, "day", form, lambda: services.add_day(request.actor, pk, **form.cleaned_data))


@require_POST
@for_roles(*COUNSELLORS)
@hides_what_is_not_yours
def close(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Close the event."""
    return _worded(request, pk, "close", lambda text: services.close_event(request.actor, pk, reason=text))


@require_POST
@for_roles(*COUNSELLORS)
@hides_what_is_not_yours
def ask_help(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Ask the district to stand in."""
    form = MaybeWordsForm(request.POST)
    ask = lambda: services.ask_for_help(request.actor, pk, reason=form.cleaned_data["text"])  # noqa: E731  one use
    return answered(request, pk, "help", form, ask)


@require_POST
@for_roles(*COUNSELLORS)
@hides_what_is_not_yours
def take_help(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Stand in."""
    form = forms.Form(request.POST)
    return answered(request, pk, "take", form, lambda: services.take_help(request.actor, pk))


def _worded(request: ActorRequest, pk: UUID, key: str, change: Callable[[str], object]) -> HttpResponse:
    form = WordsForm(request.POST)
    return answered(request, pk, key, form, lambda: change(form.cleaned_data["text"]))


def answered(request: ActorRequest, pk: UUID, key: str, form: forms.Form, change: Callable[[], object]) -> HttpResponse:
    """Make the change and show the event again, with what was refused where it was typed."""
    if form.is_valid() and accepted(form, change):
        messages.success(request, gettext("Recorded."))
        return redirect("postvention:event", pk)
    return event_page(request, pk, (key, form))


def accepted(form: forms.Form, change: Callable[[], object]) -> bool:
    """Whether the change was made; else the form says why not."""
    try:
        change()
    except LossRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def event_page(request: ActorRequest, pk: UUID, refused: Refused | None = None) -> HttpResponse:
    page = services.open_loss(request.actor, pk)
    context = {
        "page": page,
        "event": page.event,
        "words": WordsForm(),
        "day": DayForm(),
        "tab": "steps",
        "refused_key": refused[0] if refused else "",
        "refused": refused[1] if refused else None,
    }
    return render(request, "postvention/event.html", context, status=422 if refused else 200)
