from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from analytics.enums import CameraSource
from analytics.forms import CameraLinkForm
from analytics.rules.refusals import RefusedError
from analytics.selectors.cameras import camera_list, camera_row, recordings_of, rows_of, waiting_recordings
from analytics.services.cameras.linking import link_folder, link_stream, switch_camera
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles

LINKS = Role.SCHOOL_ADMIN
READERS = (LINKS, Role.PSYCHOLOGIST, Role.SYSTEM_ADMIN)
A_PAGE = 40


@require_GET
@for_roles(*READERS)
def page(request: ActorRequest) -> HttpResponse:
    """How the cameras are, kept fresh."""
    return render(request, "analytics/cameras.html", _listed(request))


@require_GET
@for_roles(*READERS)
def listed(request: ActorRequest) -> HttpResponse:
    """The part of the page that changes."""
    return render(request, "analytics/_cameras.html", _listed(request))


@require_GET
@for_roles(*READERS)
@hides_what_is_not_yours
def camera(request: ActorRequest, pk: int) -> HttpResponse:
    """One camera: how it is, whence its pictures come, what its recorder left."""
    return render(request, "analytics/camera.html", _one(request, pk))


@require_GET
@for_roles(*READERS)
@hides_what_is_not_yours
def health(request: ActorRequest, pk: int) -> HttpResponse:
    """How one camera is, the part that changes."""
    return render(request, "analytics/_camera_health.html", {"row": camera_row(request.actor, pk)})


@require_POST
@for_roles(LINKS)
@hides_what_is_not_yours
def link(request: ActorRequest, pk: int) -> HttpResponse:
    """Say whence its pictures come."""
    form = CameraLinkForm(request.POST)
    if form.is_valid():
        try:
            _link(request, pk, form.cleaned_data)
        except RefusedError as refused:
            form.add_error(refused_field(form), str(refused.text))
    if form.errors:
        return render(request, "analytics/camera.html", _one(request, pk) | {"form": form}, status=422)
    messages.success(request, _("Saved. How the camera is shows within seconds."))
    return redirect("analytics:camera", pk)


@require_POST
@for_roles(LINKS)
@hides_what_is_not_yours
def switch(request: ActorRequest, pk: int) -> HttpResponse:
    """Watch it, or watch it no more."""
    switch_camera(request.actor, pk, is_on=request.POST.get("on") == "1")
    return redirect("analytics:camera", pk)


def refused_field(form: CameraLinkForm) -> str:
    """The field that a refusal speaks of."""
    return "address" if form.cleaned_data["source"] == CameraSource.STREAM else "folder"


def _link(request: ActorRequest, pk: int, said: dict[str, Any]) -> None:
    if said["source"] == CameraSource.STREAM:
        link_stream(request.actor, pk, said["address"])
    else:
        link_folder(request.actor, pk, said["folder"])


def _listed(request: ActorRequest) -> dict[str, Any]:
    cameras = Paginator(camera_list(request.actor), A_PAGE).get_page(request.GET.get("page"))
    by_school = request.actor.role == Role.SYSTEM_ADMIN
    return {"cameras": cameras, "rows": rows_of(cameras.object_list), "by_school": by_school}


def _one(request: ActorRequest, pk: int) -> dict[str, Any]:
    row = camera_row(request.actor, pk)
    source = row.link.source if row.link else CameraSource.STREAM.value
    return {
        "row": row,
        "may_link": request.actor.role == LINKS,
        "form": CameraLinkForm(initial={"source": source, "folder": row.link.folder if row.link else ""}),
        "recordings": recordings_of(row.camera) if row.link and not row.is_live else (),
        "waiting": waiting_recordings(row.camera) if row.link and not row.is_live else 0,
        "has_recordings": bool(settings.RECORDINGS),
        "networks": settings.CAMERA_NETWORKS,
    }
