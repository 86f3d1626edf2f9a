"""What every answer tells the browser it may do. Pages run without inline scripts, styles and foreign hosts."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.clickjacking import xframe_options_exempt

POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "media-src": "'self' blob:",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
}
# The API's pages are drawn by a script that sets styles on elements; nothing about a person is shown there.
DOCS_POLICY = POLICY | {"style-src": "'self' 'unsafe-inline'"}
# What a region publishes may stand on other sites, and needs neither scripts nor forms.
EMBEDDED_POLICY = POLICY | {
    "script-src": "'none'",
    "connect-src": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "*",
}
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "microphone", "geolocation", "payment", "usb", "display-capture", "browsing-topics")
)


class SecurityHeaders:
    """Content-Security-Policy, Permissions-Policy, and no copies of what signed-in people are sent in any cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        policy = getattr(response, "content_security_policy", POLICY)
        response.headers.setdefault("Content-Security-Policy", written(policy, _host(request)))
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if _is_personal(request):
            response.headers["Cache-Control"] = "no-store"
        return response


def loosened_for_docs(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let the API's documentation page set styles; scripts stay files of this installation."""

    @wraps(view)
    def loosened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.content_security_policy = DOCS_POLICY  # type: ignore[attr-defined]
        return response

    return loosened


def embeddable(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let any site show this page in a frame. Only for what everybody may see and nobody can press anything on."""

    @wraps(view)
    def framed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.content_security_policy = EMBEDDED_POLICY  # type: ignore[attr-defined]
        return response

    return xframe_options_exempt(framed)


def written(policy: dict[str, str], host: str) -> str:
    """The header's text. Older browsers do not count a socket of the same host as 'self', so it is named."""
    if host and policy["connect-src"] != "'none'":
        policy = policy | {"connect-src": f"{policy['connect-src']} ws://{host} wss://{host}"}
    return "; ".join(f"{directive} {sources}" for directive, sources in policy.items())


def _host(request: HttpRequest) -> str:
    try:
        return request.get_host()
    except DisallowedHost:
        return ""


def _is_personal(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated)
