"""The pages on which a person around a pupil is recorded or ended."""

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from caseflow.cases.views.drafted import done
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.relations.forms import EndForm, PersonForm, chosen_in, sent_query
from caseflow.relations.rules import WORKERS
from caseflow.relations.services import end_person, record_person
from caseflow.relations.services.reading import open_choice, open_person
from caseflow.undo.offering import moment_of, say_with_undo

if TYPE_CHECKING:
    from caseflow.relations.models import PersonAround

ENDED = "person_ended"
FIND = "find"  # the button that only looks for people, where no script runs


@require_http_methods(["GET", "POST"])
@for_roles(*WORKERS)
@hides_what_is_not_yours
def add(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Record somebody around the pupil."""
    is_sent = request.method == "POST" and FIND not in request.POST
    form = PersonForm(request.POST) if is_sent else PersonForm(initial=request.POST.dict())

    def record(_given: dict[str, Any]) -> None:
        record_person(request.actor, pk, form.told())

    if is_sent and done(request, form, record):
        messages.success(request, gettext("The person is recorded."))
        return redirect("relations:case", pk)
    query = sent_query(request.POST)
    case, found = open_choice(request.actor, pk, query)
    context = {
        "case": case,
        "form": form,
        "found": found,
        "query": query,
        "chosen": chosen_in(form["person"].value() or ""),
    }
    return render(request, "relations/add.html", context, status=_status(form))


@require_http_methods(["GET", "POST"])
@for_roles(*WORKERS)
@hides_what_is_not_yours
def end(request: ActorRequest, pk: UUID, person: UUID) -> HttpResponse:
    """Say that somebody is no longer around the pupil."""
    form = EndForm(request.POST or None)

    ended: list[PersonAround] = []

    def change(given: dict[str, Any]) -> None:
        ended.append(end_person(request.actor, pk, person, reason=given["reason"]))

    if done(request, form, change):
        at = moment_of(ended[0].ended_at)
        say_with_undo(request, gettext("The record is ended; it stays to be read."), ENDED, person, at=at)
        return redirect("relations:case", pk)
    case, row = open_person(request.actor, pk, person)
    return render(request, "relations/end.html", {"case": case, "row": row, "form": form}, status=_status(form))


def _status(form: PersonForm | EndForm) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
