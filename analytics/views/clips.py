"""Clips on a report: added and looked at by those who decide on it (rule 12)."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from analytics.rules.clips import LARGEST, MOST_CLIPS, ClipRefusedError
from analytics.selectors.clips import clips_of, scoped_clips, shown
from analytics.services.clips import add_clip, open_covered, open_sharp, remove_clip, sharpen
from analytics.services.uploads import remove_upload
from analytics.views.ranges import starts_at_the_beginning, video
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.incidents.rules import DECIDERS

STOP_POLLING = 286  # htmx: swap this answer and poll no more

if TYPE_CHECKING:
    from analytics.models import IncidentClip


@require_GET
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def page(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The clips of a report, who looked at them, and the way to add one."""
    return render(request, "analytics/clips.html", _context(request, pk))


@require_GET
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def listed(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The clips alone; asked for again while one is being made."""
    context = _context(request, pk)
    status = 200 if context["report"].under_way else STOP_POLLING
    return render(request, "analytics/_clips.html", context, status=status)


@require_POST
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def add(request: ActorRequest, pk: UUID, upload: UUID) -> HttpResponse:
    """Make a clip of a video that is all there."""
    reason = request.POST.get("reason", "")
    try:
        add_clip(request.actor, pk, upload, reason)
    except ClipRefusedError as refused:
        said = {"refused": refused.text, "refused_at": str(upload), "typed": reason}
        return render(request, "analytics/clips.html", _context(request, pk) | said, status=422)
    messages.success(request, _("Added."))
    return redirect("analytics:clips", pk)


@require_POST
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def drop(request: ActorRequest, pk: UUID, upload: UUID) -> HttpResponse:
    """Give a video up before it became a clip."""
    report = clips_of(request.actor, pk)
    remove_upload(request.actor, upload)
    return redirect("analytics:clips", report.incident.pk)


@require_GET
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def clip(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One clip, pixelated."""
    return _one(request, pk)


@require_GET
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def covered(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The file of the pixelated clip; who looked is recorded."""
    begins = starts_at_the_beginning(request)
    return video(request, open_covered(request.actor, pk, begins=begins))


@require_POST
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def sharp(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One clip without pixelation, for a reason."""
    return _with_reason(
        request, pk, lambda reason: _one(request, pk, {"given": sharpen(request.actor, pk, reason)}), "sharp"
    )


@require_GET
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def uncovered(request: ActorRequest, pk: UUID, given: str) -> HttpResponse:
    """The file of the clip without pixelation, for a quarter of an hour after the reason was given."""
    begins = starts_at_the_beginning(request)
    return video(request, open_sharp(request.actor, pk, given, begins=begins))


@require_POST
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def remove(request: ActorRequest, pk: UUID) -> HttpResponse:
    """End a clip before its time."""

    def removed(reason: str) -> HttpResponse:
        incident = remove_clip(request.actor, pk, reason)
        messages.success(request, _("The clip is removed."))
        return redirect("analytics:clips", incident)

    return _with_reason(request, pk, removed, "remove")


def _with_reason(request: ActorRequest, pk: UUID, act: Callable[[str], HttpResponse], form: str) -> HttpResponse:
    reason = request.POST.get("reason", "")
    try:
        return act(reason)
    except ClipRefusedError as refused:
        return _one(request, pk, {"refused": refused.text, "refused_at": form, "typed": reason}, status=422)


def _one(request: ActorRequest, pk: UUID, more: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    found: IncidentClip = scoped_clips(request.actor).prefetch_related("events__by").get(pk=pk)
    context = {"shown": shown(found.incident, found), "incident": found.incident} | (more or {})
    return render(request, "analytics/clip.html", context, status=status)


def _context(request: ActorRequest, pk: UUID) -> dict[str, Any]:
    return {"report": clips_of(request.actor, pk), "largest": LARGEST, "most": MOST_CLIPS}
