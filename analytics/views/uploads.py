"""The resumable upload protocol tus 1.0.0 over HTTP; refusals carry their sentence as plain text."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from analytics.models import Upload
from analytics.rules import tus
from analytics.rules.clips import ClipRefusedError
from analytics.rules.refusals import RefusedError
from analytics.selectors.runs import resumable
from analytics.services.clips import begin_clip_upload
from analytics.services.uploads import BusyError, OffsetConflictError, append, begin_upload, remove_upload
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles
from caseflow.incidents.rules import DECIDERS

STATUSES = {
    "too_large": 413,
    "no_space": 507,
    "empty_file": 400,
    "switched_off": 403,
    "not_under_review": 403,
    "most_clips": 403,
}
UNSUPPORTED_MEDIA = 415

TusView = Callable[Concatenate[ActorRequest, ...], HttpResponse]


def speaks_tus(view: TusView) -> TusView:
    """Check the protocol's version and name ours in every answer; a refusal becomes its status and sentence."""

    @wraps(view)
    def speaking(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.headers.get("Tus-Resumable") != tus.VERSION:
            return _named(HttpResponse(status=412))
        try:
            return _named(view(request, *args, **kwargs))
        except (RefusedError, ClipRefusedError) as refused:
            return _named(_said(str(refused.text), STATUSES.get(refused.code, UNSUPPORTED_MEDIA)))

    return speaking


@require_http_methods(["POST"])
@for_roles(Role.PSYCHOLOGIST)
@speaks_tus
def begin(request: ActorRequest) -> HttpResponse:
    """Creation: a place for a file of the length named in Upload-Length."""

    def begun(length: int, file_name: str) -> Upload:
        return begin_upload(request.actor, length=length, file_name=file_name)

    return _begun(request, begun)


@require_http_methods(["POST"])
@for_roles(*DECIDERS)
@speaks_tus
@hides_what_is_not_yours
def begin_clip(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The same for a video of an incident."""

    def begun(length: int, file_name: str) -> Upload:
        return begin_clip_upload(request.actor, pk, length=length, file_name=file_name)

    return _begun(request, begun)


@require_http_methods(["HEAD", "PATCH", "DELETE"])
@for_roles(*DECIDERS)
@speaks_tus
@hides_what_is_not_yours
def piece(request: ActorRequest, pk: UUID) -> HttpResponse:
    """HEAD says how far the upload is, PATCH adds to it, DELETE gives it up."""
    if request.method == "PATCH":
        return _add(request, pk)
    if request.method == "DELETE":
        remove_upload(request.actor, pk)
        return HttpResponse(status=204)
    upload = resumable(request.actor).get(pk=pk)
    response = HttpResponse(status=200)
    response.headers["Upload-Length"] = str(upload.length)
    response.headers["Cache-Control"] = "no-store"
    return _dated(response, upload)


def _begun(request: ActorRequest, begin_with: Callable[[int, str], Upload]) -> HttpResponse:
    length = tus.whole_number(request.headers.get("Upload-Length"))
    if length is None:
        return _said("Upload-Length", 400)
    upload = begin_with(length, tus.file_name(request.headers.get("Upload-Metadata", "")))
    response = HttpResponse(status=201)
    response.headers["Location"] = reverse("analytics:upload", args=[upload.pk])
    return _dated(response, upload)


def _add(request: ActorRequest, pk: UUID) -> HttpResponse:
    offset = tus.whole_number(request.headers.get("Upload-Offset"))
    size = tus.whole_number(request.headers.get("Content-Length"))
    if request.headers.get("Content-Type") != tus.CHUNK_TYPE:
        return _said(tus.CHUNK_TYPE, UNSUPPORTED_MEDIA)
    if offset is None or size is None:
        return _said("Upload-Offset", 400)
    if size > tus.LARGEST_CHUNK:
        return _said(str(tus.LARGEST_CHUNK), 413)
    try:
        upload = append(request.actor, pk, offset=offset, body=request, size=size)
    except OffsetConflictError:
        return HttpResponse(status=409)
    except BusyError:
        return HttpResponse(status=423)
    return _dated(HttpResponse(status=204), upload)


def _dated(response: HttpResponse, upload: Upload) -> HttpResponse:
    response.headers["Upload-Offset"] = str(upload.received)
    response.headers["Upload-Expires"] = tus.expires_header(upload.expires_at)
    return response


def _named(response: HttpResponse) -> HttpResponse:
    response.headers["Tus-Resumable"] = tus.VERSION
    return response


def _said(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
