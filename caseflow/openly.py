"""Pages for everybody: the same for whoever asks. No cookie is read or set there, so that any cache may keep them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

PREFIX = "/open/"
VARY = "Accept-Language"


class OpenPages:
    """A middleware outside of sessions: whoever is signed in is nobody in particular on these pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        response = self.get_response(request)
        response.cookies.clear()
        response.headers["Vary"] = VARY
        return response
