"""Attaching and removing files."""

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from caseflow.attachments.forms import AttachForm, RemoveForm
from caseflow.attachments.rules import MOST_AT_ONCE, WORKERS, clean_name
from caseflow.attachments.services import Sent, attach, remove_attachment
from caseflow.attachments.services.reading import case_of_file, open_files
from caseflow.attachments.views.pages import files_page, found_page
from caseflow.cases.rules import CaseRefused
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

ONE_BY_ONE = "X-One-By-One"  # the page's script sends each file alone and shows the sentence beside it


@require_POST
@for_roles(*WORKERS)
@hides_what_is_not_yours
def add(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Attach the files that were sent: each is kept or refused by itself."""
    form = AttachForm([], request.POST)
    uploads = request.FILES.getlist("files")
    if not 0 < len(uploads) <= MOST_AT_ONCE:
        form.add_error(None, _wrong_number())
    if not form.is_valid():
        return _refused_form(request, pk, form)
    refused = [said for upload in uploads if (said := _refusal(request, pk, upload, form.cleaned_data))]
    if ONE_BY_ONE in request.headers:
        return _said(refused[0]) if refused else HttpResponse(status=HTTPStatus.CREATED)
    _tell(request, len(uploads) - len(refused), refused)
    return redirect("attachments:case", pk)


@require_POST
@for_roles(*WORKERS)
@hides_what_is_not_yours
def remove(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Remove a file: with a reason, or as its sender soon after."""
    form = RemoveForm(request.POST)
    case_id = case_of_file(request.actor, pk)
    if form.is_valid():
        try:
            remove_attachment(request.actor, case_id, pk, reason=form.cleaned_data["reason"])
        except CaseRefused as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, gettext("The file is removed."))
            return redirect("attachments:case", case_id)
    return found_page(request, pk, form, HTTPStatus.UNPROCESSABLE_ENTITY)


def _refused_form(request: ActorRequest, pk: UUID, form: AttachForm) -> HttpResponse:
    if ONE_BY_ONE in request.headers:
        return _said(" ".join(str(words) for errors in form.errors.values() for words in errors))
    page = open_files(request.actor, pk)
    form.offer(page.lines)
    return files_page(request, page, form, HTTPStatus.UNPROCESSABLE_ENTITY)


def _refusal(request: ActorRequest, pk: UUID, upload: "UploadedFile[Any]", given: dict[str, Any]) -> str:
    """Why this file was not kept, "" when it was."""
    try:
        attach(request.actor, pk, Sent.from_upload(upload), visibility=given["visibility"], entry_id=given["entry"])
    except CaseRefused as refusal:
        return f"{clean_name(upload.name or '')}: {refusal}"
    return ""


def _wrong_number() -> str:
    most = ngettext("Send at most %(most)s file at a time.", "Send at most %(most)s files at a time.", MOST_AT_ONCE)
    return f"{gettext('Choose a file first.')} {most % {'most': MOST_AT_ONCE}}"


def _said(words: str) -> HttpResponse:
    return HttpResponse(words, status=HTTPStatus.UNPROCESSABLE_ENTITY, content_type="text/plain; charset=utf-8")


def _tell(request: ActorRequest, kept: int, refused: list[str]) -> None:
    if kept:
        messages.success(
            request, ngettext("%(count)s file attached.", "%(count)s files attached.", kept) % {"count": kept}
        )
    for sentence in refused:
        messages.error(request, sentence)
