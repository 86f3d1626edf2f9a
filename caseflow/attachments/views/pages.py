"""The pages on which files are looked at, and the files themselves."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from caseflow.attachments.answers import SHUT, as_download
from caseflow.attachments.forms import AttachForm, RemoveForm
from caseflow.attachments.rules import MEGABYTES, MOST_BYTES, WORKERS
from caseflow.attachments.services.reading import FilesPage, download, list_files, open_file, open_files, open_page
from caseflow.attachments.virus_scanner import is_set_up
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles

SHOWN_ON_CARD = 5


@require_GET
@for_roles(*WORKERS)
@hides_what_is_not_yours
def case_files(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The files of a case, and where more are attached."""
    page = open_files(request.actor, pk)
    return files_page(request, page, AttachForm(page.lines, initial={"entry": request.GET.get("entry", "")}))


def files_page(request: ActorRequest, page: FilesPage, form: AttachForm, status: int = 200) -> HttpResponse:
    """The page with its form, fresh or refused."""
    context = {
        "file": page.file,
        "files": page.files,
        "form": form,
        "tab": "files",
        "largest": MOST_BYTES,
        "megabytes": MEGABYTES,
        "scanned": is_set_up(),
    }
    return render(request, "attachments/case.html", context, status=status)


@require_GET
@for_roles(*WORKERS)
@hides_what_is_not_yours
def card(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The newest files, for the page of the case."""
    case, files = list_files(request.actor, pk)
    context = {"case": case, "files": files.there[:SHOWN_ON_CARD], "total": len(files.there)}
    return render(request, "attachments/_card.html", context)


@require_GET
@for_roles(*WORKERS)
@hides_what_is_not_yours
def found(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One file with what can be shown of it."""
    return found_page(request, pk, RemoveForm())


def found_page(request: ActorRequest, pk: UUID, form: RemoveForm, status: int = 200) -> HttpResponse:
    """The page of a file with the form to remove it, fresh or refused."""
    page = open_file(request.actor, pk)
    context = {"page": page, "case": page.case, "row": page.row, "form": form}
    return render(request, "attachments/found.html", context, status=status)


@require_GET
@for_roles(*WORKERS)
@hides_what_is_not_yours
def page(request: ActorRequest, pk: UUID, number: int) -> HttpResponse:
    """A page of a file as a picture."""
    content = open_page(request.actor, pk, number)
    return HttpResponse(content, content_type="image/webp", headers={**SHUT, "Content-Disposition": "inline"})


@require_GET
@for_roles(*WORKERS)
@hides_what_is_not_yours
def download_file(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The file itself, to be saved and never to be opened in the browser."""
    return as_download(*download(request.actor, pk))
