"""That a pupil has died: recorded by one, confirmed by another, taken back with a reason."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.postvention import services
from caseflow.postvention.forms import WordsForm
from caseflow.postvention.rules import COUNSELLORS
from caseflow.postvention.views.events import answered


@require_POST
@for_roles(*COUNSELLORS)
@hides_what_is_not_yours
def record(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Record it; another person confirms."""
    form = WordsForm(request.POST)
    change = lambda: services.record_death(request.actor, pk, words=form.cleaned_data["text"])  # noqa: E731  one use
    return answered(request, pk, "death", form, change)


@require_POST
@for_roles(*COUNSELLORS)
@hides_what_is_not_yours
def confirm(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Confirm what another person recorded."""
    return answered(
        request, pk, "confirm-death", forms.Form(request.POST), lambda: services.confirm_death(request.actor, pk)
    )


@require_POST
@for_roles(*COUNSELLORS)
@hides_what_is_not_yours
def undo(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take it back."""
    form = WordsForm(request.POST)
    change = lambda: services.undo_death(request.actor, pk, reason=form.cleaned_data["text"])  # noqa: E731  one use
    return answered(request, pk, "undo-death", form, change)
