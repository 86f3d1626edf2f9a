from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from analytics.forms import LessonForm
from analytics.rules.refusals import RefusedError
from analytics.rules.tus import LARGEST_FILE
from analytics.selectors.runs import lesson_offer, own_uploads, scoped_runs
from analytics.selectors.switching import any_on
from analytics.services.requesting import request_run
from analytics.services.uploads import check_upload, remove_upload
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles

PER_PAGE = 30


@require_GET
@for_roles(Role.PSYCHOLOGIST)
def page(request: ActorRequest) -> HttpResponse:
    """Upload a lesson, go on with an upload, see what was analysed."""
    context = {
        "is_on": any_on(request.actor.schools().values_list("pk", flat=True)),
        "largest": LARGEST_FILE,
        "uploads": own_uploads(request.actor),
    }
    return render(request, "analytics/videos.html", context | _runs(request))


@require_GET
@for_roles(Role.PSYCHOLOGIST)
def run_list(request: ActorRequest) -> HttpResponse:
    """The analyses alone; asked for again while one is under way."""
    return render(request, "analytics/_runs.html", _runs(request))


@require_GET
@for_roles(Role.PSYCHOLOGIST)
def own_videos(request: ActorRequest) -> HttpResponse:
    """The own videos that wait for something."""
    return render(request, "analytics/_own_videos.html", {"uploads": own_uploads(request.actor)})


@require_POST
@for_roles(Role.PSYCHOLOGIST)
@hides_what_is_not_yours
def check(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Look into a video that is all there, then offer its lessons or say what is wrong with it."""
    try:
        upload = check_upload(request.actor, pk)
    except RefusedError as refused:
        return render(request, "analytics/_refused_video.html", {"text": refused.text}, status=422)
    return _offer(request, upload.pk)


@require_GET
@for_roles(Role.PSYCHOLOGIST)
@hides_what_is_not_yours
def lessons(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The lessons of another day."""
    return _offer(request, pk, day=parse_date_or_none(request.GET.get("date", "")))


@require_POST
@for_roles(Role.PSYCHOLOGIST)
@hides_what_is_not_yours
def analyse(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Queue the analysis and go to its page; a refusal leaves the video where it is."""
    form = LessonForm(request.POST)
    if not form.is_valid():
        return _offer(request, pk, day=parse_date_or_none(request.POST.get("date", "")), form=form)
    try:
        run = request_run(request.actor, pk, form.choice())
    except RefusedError as refused:
        return _offer(request, pk, day=form.cleaned_data["date"], form=form, refused=refused)
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(reverse("analytics:run", args=[run.pk]))
    return redirect("analytics:run", run.pk)


@require_POST
@for_roles(Role.PSYCHOLOGIST)
@hides_what_is_not_yours
def remove(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give a video up."""
    remove_upload(request.actor, pk)
    if not request.headers.get("HX-Request"):
        return redirect("analytics:videos")
    return render(request, "analytics/_own_videos.html", {"uploads": own_uploads(request.actor)})


def parse_date_or_none(text: str) -> date | None:
    """A day typed into an address, None when it is none."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def _runs(request: ActorRequest) -> dict[str, Any]:
    runs = Paginator(scoped_runs(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    return {"runs": runs, "running": any(run.state in ("queued", "running") for run in runs)}


def _offer(
    request: ActorRequest,
    pk: UUID,
    *,
    day: date | None = None,
    form: LessonForm | None = None,
    refused: RefusedError | None = None,
) -> HttpResponse:
    offer = lesson_offer(request.actor, pk, day)
    status = 422 if refused or (form is not None and form.errors) else 200
    context = {"offer": offer, "form": form, "refused": refused.text if refused else ""}
    return render(request, "analytics/_lesson_choice.html", context, status=status)
