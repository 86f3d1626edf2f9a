"""What the head of the service, the data protection officer and the psychologist do for guardians."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles
from caseflow.portal.forms import AnswerForm
from caseflow.portal.services import AnsweredError, answer_request, open_requests, open_withheld, release


@require_GET
@for_roles(Role.LEAD_PSYCHOLOGIST, Role.DPO)
def requests(request: ActorRequest) -> HttpResponse:
    """What guardians have asked for, open ones first."""
    return _requests(request)


@require_POST
@for_roles(Role.LEAD_PSYCHOLOGIST)
def answer(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Answer a request."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _requests(request, failed=pk, form=form, status=422)
    try:
        answer_request(request.actor, pk, form.cleaned_data["words"])
    except AnsweredError:
        messages.error(request, gettext("Somebody has answered this already. Your text was not sent."))
    else:
        messages.success(request, gettext("Answered. The guardian sees it in the portal."))
    return redirect("portal:requests")


@require_GET
@for_roles(Role.PSYCHOLOGIST)
def withheld_log(request: ActorRequest) -> HttpResponse:
    """Readings that guardians do not learn of until somebody releases them."""
    return render(request, "portal/withheld.html", {"rows": open_withheld(request.actor)})


@require_POST
@for_roles(Role.PSYCHOLOGIST)
def release_log(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Let the guardians of a pupil learn who read one thing."""
    release(request.actor, pupil_id=pk, obj=request.POST.get("obj", ""))
    messages.success(request, gettext("Released. Guardians see it 14 days after each reading."))
    return redirect("portal:withheld")


def _requests(
    request: ActorRequest, failed: UUID | None = None, form: AnswerForm | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "rows": open_requests(request.actor),
        "form": AnswerForm(),
        "failed": failed,
        "failed_form": form,
        "can_answer": request.actor.role == Role.LEAD_PSYCHOLOGIST,
    }
    return render(request, "portal/requests.html", context, status=status)
