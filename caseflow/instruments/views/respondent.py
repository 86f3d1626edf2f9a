"""Somebody fills in a questionnaire by a code: one question a page, no login, nothing kept on the device.

Every page but the first is the answer to a form that carries a signed pass, so no address and no cookie leads to a
question: after the end the back button shows nothing.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import activate, get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from caseflow.accounts.services.throttle import TooManyTriesError
from caseflow.instruments.forms import number_of
from caseflow.instruments.rules.refusals import InstrumentRefused, NoSuchCodeError
from caseflow.instruments.services.responding import Move, Shown, Step, open_code, respond

LANGUAGES = (("kk", "Қазақша"), ("ru", "Русский"), ("en", "English"))
MOVES: tuple[Move, ...] = ("go_on", "answer", "back", "language", "pause", "finish")
HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
View = Callable[[HttpRequest], HttpResponse]


def for_respondents(view: View) -> View:
    """In the language that the page carries; from nobody's cache, and no report of an error shows what was answered."""

    @wraps(view)
    def in_its_language(request: HttpRequest) -> HttpResponse:
        its_own = request.POST.get("in") or request.GET.get("lang")
        if its_own in dict(settings.LANGUAGES):
            activate(its_own)  # UserLanguage takes it back after the request
        response = view(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    return csrf_exempt(sensitive_post_parameters()(require_http_methods(["GET", "POST"])(in_its_language)))


@for_respondents
def code(request: HttpRequest) -> HttpResponse:
    """Type the code; it leads to the first question, or to where it was left."""
    if request.method == "GET":
        return _code(request)
    try:
        shown = open_code(request.POST.get("code", ""), address=request.META.get("REMOTE_ADDR", ""))
    except NoSuchCodeError:
        return _code(request, _("This code does not work. Ask the psychologist for a new one."), 422)
    except TooManyTriesError:
        return _code(request, _("Too many codes were tried from here. Try again in a quarter of an hour."), 429)
    return _next(request, shown)


@for_respondents
def fill(request: HttpRequest) -> HttpResponse:
    """What was answered is kept at once, and the next page comes."""
    said = request.POST
    if request.method == "GET":
        return redirect("questions:code")
    step, value = _step(request), said.get("value", "")
    if step.move == "answer" and not value:
        return _again(request, step)
    try:
        shown = respond(said.get("pass", ""), step)
        return _page(request, "pause", {}) if step.move == "pause" else _next(request, shown)
    except (NoSuchCodeError, InstrumentRefused):
        sentence = _("The page had been open for too long, or the questions have ended. Type the code to go on.")
        return _code(request, sentence, 422)


def _step(request: HttpRequest) -> Step:
    said = request.POST
    language = said.get("language", "")
    move = "language" if language else said.get("move", "go_on")
    return Step(
        move=next((each for each in MOVES if each == move), "go_on"),
        question=said.get("question", ""),
        value=number_of(said.get("value", "")),
        language=language,
    )


def _again(request: HttpRequest, step: Step) -> HttpResponse:
    """The same question, since nothing was chosen."""
    try:
        shown = respond(request.POST.get("pass", ""), Step("show", step.question))
    except (NoSuchCodeError, InstrumentRefused):
        return _code(request, _("The page had been open for too long. Type the code to go on."), 422)
    return _next(request, shown, error=_("Choose an answer, or that you would rather not answer."))


def _next(request: HttpRequest, shown: Shown, error: str = "") -> HttpResponse:
    if shown.sheet is None:
        return _page(request, "done", {})
    activate(shown.sheet.language)
    page = "begin" if shown.is_beginning else "question" if shown.sheet.question else "ready"
    offered = [(code, name) for code, name in LANGUAGES if code in shown.sheet.pack.offered]
    context = {"shown": shown, "sheet": shown.sheet, "offered": offered, "error": error}
    return _page(request, page, context, 422 if error else 200)


def _code(request: HttpRequest, error: str = "", status: int = 200) -> HttpResponse:
    return _page(request, "code", {"error": error, "languages": LANGUAGES}, status)


def _page(request: HttpRequest, page: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    context |= {"language": language}
    response = render(request, f"instruments/respond/{page}.html", context, status=status)
    response.headers["Content-Language"] = language
    return response
