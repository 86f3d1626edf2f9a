"""The language of the person, and the limits of a session (rule 23)."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from caseflow.accounts.models import User
from caseflow.accounts.rules import Standing
from caseflow.accounts.services.sessions import look_after

type_answer = Callable[[HttpRequest], HttpResponseBase]

# Open to a locked session, and to somebody who has to choose a password first.
ALWAYS_OPEN = ("accounts:lock", "accounts:logout", "accounts:preferences")
WITH_OLD_PASSWORD = (*ALWAYS_OPEN, "accounts:password", "accounts:touch")


class UserLanguage:
    """The person's own language, else the one chosen on this device, else what the browser asks for, else Russian."""

    def __init__(self, get_response: type_answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        own = request.user.language if request.user.is_authenticated else ""
        language = own if own in dict(settings.LANGUAGES) else translation.get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


class SessionLimits:
    """Idle sessions lock, old ones end, and a password set by somebody else is changed before anything else.

    Requests that no person caused (header X-Passive: polling, live refreshes) do not count as activity. Under
    SESSION_FREE_PATHS nothing rests on a session, and none stands in the way: a panic button (rule 20). The routes in
    LOCK_FREE_ROUTES answer a locked session and close by themselves what is a detail: an operator's console, and the
    question whether a push is an alarm (rule 23).
    """

    def __init__(self, get_response: type_answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(settings.SESSION_FREE_PATHS):
            return self.get_response(request)
        user = request.user
        refusal = _refusal(request, user) if user.is_authenticated else None
        return refusal or self.get_response(request)


def _refusal(request: HttpRequest, user: User) -> HttpResponseBase | None:
    state = look_after(request, active="X-Passive" not in request.headers)
    if state is Standing.OVER:
        return turned_away(request, "accounts:login")
    if state is Standing.LOCKED and not _is_lock_free(request):
        return turned_away(request, "accounts:lock")
    if user.must_change_password and not _leads_to(request, WITH_OLD_PASSWORD):
        return turned_away(request, "accounts:password")
    return None


def turned_away(request: HttpRequest, page: str) -> HttpResponseBase:
    """To another page first and back afterwards; programs get 401 and htmx is told to move the whole page."""
    target = f"{reverse(page)}?{urlencode({'next': _page_of(request)})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": target})
    if _is_page(request):
        return HttpResponseRedirect(target)
    return JsonResponse({"detail": _("The session is locked or over. Sign in again.")}, status=401)


def _is_lock_free(request: HttpRequest) -> bool:
    if _leads_to(request, ALWAYS_OPEN):
        return True
    try:
        return resolve(request.path).view_name in settings.LOCK_FREE_ROUTES
    except Resolver404:
        return False


def _leads_to(request: HttpRequest, pages: tuple[str, ...]) -> bool:
    return request.path in {reverse(page) for page in pages}


def _is_page(request: HttpRequest) -> bool:
    wanted = request.headers.get("Accept", "text/html")
    return "text/html" in wanted and not request.path.startswith("/api/")


def _page_of(request: HttpRequest) -> str:
    """Where the person was: this page, or the one whose form or fragment asked."""
    if request.method == "GET" and not request.headers.get("HX-Request"):
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "")
    if came_from.netloc != request.get_host():
        return reverse("home")
    return came_from._replace(scheme="", netloc="", fragment="").geturl() or reverse("home")
