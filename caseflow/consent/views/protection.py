from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from caseflow.consent.errors import ConsentError
from caseflow.consent.forms import ExclusionForm, ReasonForm
from caseflow.consent.selectors.gate import panel_of
from caseflow.consent.services import (
    approve_exclusion,
    dissent,
    exclude_guardian,
    lift_dissent,
    readmit_guardian,
    reject_exclusion,
)
from caseflow.consent.services.reading import open_exclusions, open_protection
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles
from caseflow.directory.models import Pupil


@require_GET
@for_roles(Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST)
def panel(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Fragment of the case page: what is open for this pupil."""
    try:
        shown = panel_of(request.actor, pk)
    except Pupil.DoesNotExist as missing:
        raise Http404 from missing
    own_school = request.actor.role == Role.PSYCHOLOGIST
    context = {"pupil": shown.pupil, "rows": shown.rows, "can_protect": own_school}
    return render(request, "consent/_panel.html", context)


@require_GET
@for_roles(Role.PSYCHOLOGIST)
def protection(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The pupil's own word, and guardians whose consents are not to count."""
    pupil = get_object_or_404(request.actor.pupils().select_related("school_class"), pk=pk)
    return _protection(request, pupil, ExclusionForm(pupil))


@require_POST
@for_roles(Role.PSYCHOLOGIST)
def say(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Record the pupil's dissent, or that it was taken back."""
    speak = lift_dissent if request.POST.get("word") == "lift" else dissent
    try:
        speak(request.actor, pupil_id=pk)
    except ConsentError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, gettext("Recorded. It holds from now on."))
    return redirect("consent:protection", pk)


@require_POST
@for_roles(Role.PSYCHOLOGIST)
def exclude(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Propose that a guardian's consents no longer count."""
    pupil = get_object_or_404(request.actor.pupils().select_related("school_class"), pk=pk)
    form = ExclusionForm(pupil, request.POST)
    if not form.is_valid():
        return _protection(request, pupil, form, status=422)
    data = form.cleaned_data
    try:
        exclude_guardian(request.actor, pupil_id=pk, guardian_id=data["guardian"].pk, reason=data["reason"])
    except ConsentError as error:
        form.add_error(None, str(error))
        return _protection(request, pupil, form, status=422)
    messages.success(request, gettext("Proposed. It holds when the lead psychologist has approved it."))
    return redirect("consent:protection", pk)


@require_GET
@for_roles(Role.LEAD_PSYCHOLOGIST)
def exclusions(request: ActorRequest) -> HttpResponse:
    """Proposed exclusions that wait for approval, and those in force."""
    shown = open_exclusions(request.actor)
    context = {"proposals": shown.proposals, "in_force": shown.in_force}
    return render(request, "consent/exclusions.html", context)


@require_POST
@for_roles(Role.LEAD_PSYCHOLOGIST)
def answer_exclusion(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Approve or reject a proposal."""
    decide = reject_exclusion if request.POST.get("answer") == "reject" else approve_exclusion
    try:
        decide(request.actor, pk)
    except ConsentError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, gettext("Recorded. It holds from now on."))
    return redirect("consent:exclusions")


@require_POST
@for_roles(Role.LEAD_PSYCHOLOGIST)
def readmit(request: ActorRequest, pk: UUID, guardian_pk: UUID) -> HttpResponse:
    """Let an excluded guardian's consents count again."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Give a reason of at least one sentence. Nothing was changed."))
        return redirect("consent:exclusions")
    try:
        readmit_guardian(request.actor, pupil_id=pk, guardian_id=guardian_pk, reason=form.cleaned_data["reason"])
    except ConsentError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, gettext("Recorded. It holds from now on."))
    return redirect("consent:exclusions")


def _protection(request: ActorRequest, pupil: Pupil, form: ExclusionForm, status: int = 200) -> HttpResponse:
    shown = open_protection(request.actor, pupil)
    context = {
        "pupil": pupil,
        "form": form,
        "dissenting": shown.dissenting,
        "proposed": shown.proposed,
        "excluded": shown.excluded,
    }
    return render(request, "consent/protection.html", context, status=status)
