"""What a region publishes, for everybody: without signing in, without cookies, kept by caches."""

from collections.abc import Callable
from functools import cache, wraps
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language, override
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe

from caseflow.documents.csv_file import CSV_TYPE, csv_file
from caseflow.explorer.charts import trend_of
from caseflow.explorer.documents import document_of, lines_of
from caseflow.explorer.files import JSON_TYPE, json_file
from caseflow.explorer.selectors.opening import Edition, OpenPage, edition_of, open_page
from caseflow.headers import embeddable

KEPT: Final = "public, max-age=600"  # what was withdrawn is gone everywhere after ten minutes
MISSING: Final = "public, max-age=60"
LANGUAGES: Final = (("kk", "Қазақша"), ("ru", "Русский"), ("en", "English"))
STATE_LANGUAGE: Final = "kk"
WORDED_IN: Final = ("explorer", "releases", "indicators", "disclosure", "documents")  # rooms that lay figures out
Made = Callable[[HttpRequest, OpenPage], HttpResponse]


def for_everybody(kind: str, *, spoken: bool = True) -> Callable[[Made], Callable[..., HttpResponseBase]]:
    """A view of what a region publishes: 404 where it publishes nothing, 304 for whom it is known (2 queries).

    `spoken`: in a language, else in all of them at once.
    """

    def decorate(made: Made) -> Callable[..., HttpResponseBase]:
        @wraps(made)
        def view(request: HttpRequest, code: str) -> HttpResponseBase:
            language = language_of(request) if spoken else STATE_LANGUAGE
            with override(language):
                response = _answered(request, edition_of(code), f"{kind} {language}", made)
            response.headers["Content-Language"] = language if spoken else ", ".join(dict(LANGUAGES))
            return response

        return require_safe(view)

    return decorate


def language_of(request: HttpRequest) -> str:
    """The language that the address names, else the first that the browser asks for, else Kazakh."""
    asked = request.GET.get("language", "")
    if asked in dict(LANGUAGES):
        return asked
    wanted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    return next((code[:2] for code, _quality in wanted if code[:2] in dict(LANGUAGES)), STATE_LANGUAGE)


@for_everybody("page")
def page(request: HttpRequest, found: OpenPage) -> HttpResponse:
    """The public page of a region."""
    return render(request, "explorer/open/page.html", open_context(request, found))


@embeddable
@for_everybody("embed")
def embed(request: HttpRequest, found: OpenPage) -> HttpResponse:
    """The same figures for a frame on another site."""
    return render(request, "explorer/open/embed.html", open_context(request, found))


@for_everybody("json", spoken=False)
def json(_request: HttpRequest, found: OpenPage) -> HttpResponse:
    """The same figures as open data, with definitions and method in all languages."""
    return _open_data(HttpResponse(json_file(document_of(found)), content_type=JSON_TYPE))


@for_everybody("csv", spoken=False)
def csv(_request: HttpRequest, found: OpenPage) -> HttpResponse:
    """The same figures, one in each line."""
    response = HttpResponse(csv_file(lines_of(found)), content_type=CSV_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="tirek-{found.edition.region.code}.csv"'
    return _open_data(response)


def open_context(request: HttpRequest, found: OpenPage) -> dict[str, Any]:
    """What the page and its preview show."""
    return {
        "found": found,
        "sections": [(each, trend_of(each.trend)) for each in found.sections],
        "languages": LANGUAGES,
        "language": (get_language() or STATE_LANGUAGE)[:2],
        "site": f"{request.scheme}://{request.get_host()}",
    }


def _answered(request: HttpRequest, edition: Edition | None, kind: str, made: Made) -> HttpResponseBase:
    if edition is None:
        response = render(request, "explorer/open/missing.html", {"language": get_language()}, status=404)
        return _told(response, {"Cache-Control": MISSING})
    tag = f'"{sha256(f"{edition.digest} {kind} {_worded()}".encode()).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=tag) or made(request, open_page(edition))
    return _told(response, {"ETag": tag, "Cache-Control": KEPT})


def _told(response: HttpResponseBase, headers: dict[str, str]) -> HttpResponseBase:
    for name, value in headers.items():
        response.headers[name] = value
    return response


def _open_data(response: HttpResponse) -> HttpResponse:
    """Other sites may read it by a script."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@cache
def _worded() -> str:
    """Another one whenever pages are worded or drawn otherwise, so that no cache keeps those of an earlier version."""
    root = Path(settings.BASE_DIR)
    files = [
        *sorted((root / "templates" / "explorer" / "open").glob("*.html")),
        *sorted((root / "static" / "css").glob("open*.css")),
        *sorted((root / "locale").glob("*/LC_MESSAGES/django.mo")),
        *(path for room in WORDED_IN for path in sorted((root / "caseflow" / room).rglob("*.py"))),
    ]
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
