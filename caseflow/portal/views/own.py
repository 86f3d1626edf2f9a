"""The pages of a parent and of a grown pupil."""

import json
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_POST

from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.consent.enums import Purpose
from caseflow.consent.errors import ConsentError
from caseflow.consent.selectors.own import children, purposes
from caseflow.consent.services import give, refuse, withdraw
from caseflow.directory.actors import Actor, ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles
from caseflow.directory.models import Pupil
from caseflow.legalrequests.selectors.reading import notes_for
from caseflow.plans.selectors.shared import shared_plan
from caseflow.plans.services.sharing import open_shared
from caseflow.portal.forms import RequestForm
from caseflow.portal.selectors import GUARDIANS, access_log, own_requests
from caseflow.portal.services import ask, export, open_shared_plan


@require_GET
@for_roles(*GUARDIANS)
def home(request: ActorRequest) -> HttpResponse:
    """A child's data: consents, who opened what, use of AI, requests."""
    own = children(request.actor)
    if not own:
        return render(request, "portal/nobody.html")
    return _page(request, own, _chosen(own, request.GET.get("child")), RequestForm())


@require_POST
@for_roles(*GUARDIANS)
def decide(request: ActorRequest, pk: UUID, purpose: str) -> HttpResponse:
    """Give, refuse or withdraw one consent; answers with the purpose's new row."""
    if purpose not in Purpose.values:
        raise Http404
    error = ""
    try:
        _decide(request, pk, purpose)
    except ConsentError as refused:
        error = str(refused)
    pupil = _own(request.actor, pk)
    row = next(row for row in purposes(request.actor, pupil, _language()) if row.purpose == purpose)
    context = {"row": row, "pupil": pupil, "error": error, "focus": True}
    return render(request, "portal/_purpose.html", context, status=409 if error else 200)


@require_POST
@for_roles(*GUARDIANS)
def put_request(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Ask for a review, object, ask for erasure."""
    form = RequestForm(request.POST)
    pupil = _own(request.actor, pk)
    if not form.is_valid():
        return _page(request, children(request.actor), pupil, form, status=422)
    ask(request.actor, pupil_id=pk, **form.cleaned_data)
    messages.success(request, gettext("Sent. You see the answer here."))
    return redirect(f"{reverse('portal:home')}?child={pk}#requests")


@require_GET
@for_roles(Role.PARENT)
@hides_what_is_not_yours
def plan(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What is shared of the child's safety plan; the same empty page for whoever nothing is shared with."""
    return render(request, "portal/plan.html", {"shared": open_shared(request.actor, pk), "child": pk})


@require_GET
@for_roles(*GUARDIANS)
def download(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The own consents, requests and the log as a file."""
    content = json.dumps(export(request.actor, pk), ensure_ascii=False, indent=2)
    return HttpResponse(
        content,
        content_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="consents.json"', "Cache-Control": "no-store"},
    )


def _decide(request: ActorRequest, pk: UUID, purpose: str) -> None:
    actor, posted = request.actor, request.POST
    decision = posted.get("decision")
    if decision == "withdraw":
        withdraw(actor, pupil_id=pk, purpose=purpose)
    elif decision == "refuse":
        refuse(actor, pupil_id=pk, purpose=purpose)
    elif decision != "give":
        raise BadRequest
    else:
        give(
            actor,
            pupil_id=pk,
            purpose=purpose,
            text_id=_uuid(posted.get("text", "")),
            language=_language(),
            confirmed=posted.get("confirmed") == "yes",
            shown_sha256=posted.get("shown", ""),
        )


def _page(request: ActorRequest, own: list[Pupil], pupil: Pupil, form: RequestForm, status: int = 200) -> HttpResponse:
    context = {
        "children": own,
        "pupil": pupil,
        "rows": purposes(request.actor, pupil, _language()),
        "shared": open_shared_plan(request.actor, pupil.pk),
        "log": access_log(request.actor, pupil),
        "given": notes_for(request.actor, pupil.pk),
        "requests": own_requests(request.actor, pupil),
        "form": form,
        "has_plan": shared_plan(request.actor, pupil.pk) is not None,
    }
    return render(request, "portal/home.html", context, status=status)


def _chosen(own: list[Pupil], wanted: str | None) -> Pupil:
    """The child the address names, the first when it names none. Raises Http404 for somebody else's."""
    if not wanted:
        return own[0]
    found = next((pupil for pupil in own if str(pupil.pk) == wanted), None)
    if found is None:
        raise Http404
    return found


def _own(actor: Actor, pk: UUID) -> Pupil:
    return _chosen(children(actor), str(pk))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _language() -> str:
    return (get_language() or "ru")[:2]
