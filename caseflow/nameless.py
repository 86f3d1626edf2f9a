"""Nothing of a device is known on the pages for reports without a name: what is not there cannot be kept (rule 19).

Neither is it where a calendar program reads busy times by a secret address: that address must come into no log.
"""

import logging
from collections.abc import Callable
from traceback import extract_tb

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.http.cookie import SimpleCookie, parse_cookie

PREFIX = "/r/"
FEED_PREFIX, FEED_SUFFIX = "/calendar/", ".ics"
QUARTER_S = 900
# What a page needs to be answered. All else a browser tells (its address, its kind, where it comes from, who is signed
# in on it) is dropped before anything of the product sees it.
NEEDED = frozenset({
    "CONTENT_LENGTH",
    "CONTENT_TYPE",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_HOST",
    "PATH_INFO",
    "QUERY_STRING",
    "REQUEST_METHOD",
    "SCRIPT_NAME",
    "SERVER_NAME",
    "SERVER_PORT",
    "SERVER_PROTOCOL",
})  # fmt: skip
NEEDED_BY_FEEDS = NEEDED | {"HTTP_IF_NONE_MATCH"}
HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}


class NamelessRequests:
    """The outermost middleware: takes from these requests whatever tells people or devices apart, sessions included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_nameless(request.path_info):
            return self.get_response(request)
        forget_device(request)
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        for name in set(response.cookies) - {settings.LANGUAGE_COOKIE_NAME}:
            del response.cookies[name]
        return response


def is_nameless(path: str) -> bool:
    """Whether nothing of who asks for this path is to be known, nor that it was asked for."""
    return path.startswith(PREFIX) or is_feed(path)


def is_feed(path: str) -> bool:
    """Whether the path is, or looks like, the secret address of a calendar."""
    return path.startswith(FEED_PREFIX) and path.endswith(FEED_SUFFIX)


def forget_device(request: HttpRequest) -> None:
    """Leave of the request what is needed to answer it, and of its cookies the language."""
    language = parse_cookie(request.META.get("HTTP_COOKIE", "")).get(settings.LANGUAGE_COOKIE_NAME)
    needed = NEEDED_BY_FEEDS if is_feed(request.path_info) else NEEDED
    for name in [name for name in request.META if name not in needed and not name.startswith("wsgi.")]:
        del request.META[name]
    if language in dict(settings.LANGUAGES):
        request.META["HTTP_COOKIE"] = SimpleCookie({settings.LANGUAGE_COOKIE_NAME: language}).output(header="").strip()
    if hasattr(request, "scope"):
        request.scope = request.scope | {"client": None, "headers": []}


class NamelessLog(logging.Filter):
    """Leaves out of every log line what asks for these pages; of a failure it keeps where, and the quarter hour."""

    def filter(self, record: logging.LogRecord) -> bool:
        path = getattr(getattr(record, "request", None), "path", "")
        if not is_nameless(str(path)):
            return True
        if not hasattr(record, "made_nameless"):  # the filter of another handler may have been here before
            record.made_nameless = True
            _make_nameless(record)
        return record.levelno >= logging.ERROR


def _make_nameless(record: logging.LogRecord) -> None:
    record.msg, record.args = f"A page without a name failed: {_failure(record)}", None
    record.exc_info = record.exc_text = record.stack_info = None
    record.created, record.msecs = record.created // QUARTER_S * QUARTER_S, 0


def _failure(record: logging.LogRecord) -> str:
    """Which error and in which line: never its message, in which words of a report may stand."""
    error = record.exc_info[1] if record.exc_info else None
    if error is None:
        return "no exception"
    frames = extract_tb(error.__traceback__)
    return f"{type(error).__name__} at {frames[-1].filename}:{frames[-1].lineno}" if frames else type(error).__name__
