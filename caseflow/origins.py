"""Only pages of this installation get a socket: browsers send cookies with it whatever page opened it.

Hosts alone do not tell pages apart: another program on another port of the same machine has the same host and, by the
rules for cookies, the same site.
"""

from typing import Any
from urllib.parse import urlsplit

from channels.security.websocket import WebsocketDenier
from django.conf import settings

from caseflow.bodies import Application, Receive, Send


class SameOrigin:
    """An ASGI application before another: answers 403 to a handshake whose Origin is not where it is sent to.

    Origins in CSRF_TRUSTED_ORIGINS pass, for a proxy that changes the host. Hosts are checked behind it.
    """

    def __init__(self, application: Application) -> None:
        self.application = application

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        application = self.application if is_own(scope) else WebsocketDenier()
        await application(scope, receive, send)


def is_own(scope: dict[str, Any]) -> bool:
    """Whether the page that opens the socket came from where the socket leads to: same scheme, host and port."""
    headers = dict(scope["headers"])
    origin, host = (headers.get(name, b"").decode("latin-1") for name in (b"origin", b"host"))
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    scheme = "https" if settings.SECURE_TRANSPORT else "http"
    return bool(host) and _place(origin) == _place(f"{scheme}://{host}")


def _place(address: str) -> tuple[str, str, int | None] | None:
    try:
        parts = urlsplit(address)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return None
    return (parts.scheme, parts.hostname or "", port)
