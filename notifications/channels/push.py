"""Web Push (RFC 8030) without content: it wakes the service worker, which shows a sentence of its own."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from notifications.channels import vapid
from notifications.channels.outcome import NotSentError
from notifications.channels.outgoing import is_public, post
from notifications.enums import Trouble, Urgency

LONGEST_ENDPOINT = 1000
KEPT_S = {Urgency.NORMAL: 86_400, Urgency.URGENT: 86_400, Urgency.ALARM: 3_600}  # by the service, for a closed browser
GONE = (404, 410)
TOO_MANY = 429
NOT_US = (401, 403)


def is_endpoint(url: str) -> bool:
    """Whether `url` may be a browser's address at a push service: https, a name and no way around it.

    Where the name leads is looked at when it is asked. With PUSH_LOOPBACK, for tests, this machine is allowed too.
    """
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return False
    plain = url.isascii() and url.isprintable() and " " not in url and parts.username is None and not parts.fragment
    secure = parts.scheme == "https" or (settings.PUSH_LOOPBACK and parts.scheme == "http")
    return bool(plain and secure and host and len(url) <= LONGEST_ENDPOINT and not _leads_inside(host))


def send(endpoint: str, urgency: int) -> None:
    """Wake one browser. Raises NotSentError; GONE when the browser has left its service."""
    if not is_endpoint(endpoint):
        raise NotSentError(Trouble.GONE)
    level = Urgency(urgency)
    headers = {
        "Authorization": vapid.authorization(endpoint, timezone.now()),
        "Content-Length": "0",
        "TTL": str(KEPT_S[level]),
        "Urgency": "normal" if level is Urgency.NORMAL else "high",
        "Topic": "new",  # what a closed browser has not taken yet is replaced, so it wakes to one message
    }
    answer = post(endpoint, headers=headers, body=b"", public_only=not settings.PUSH_LOOPBACK)
    if not 200 <= answer.status < 300:
        raise NotSentError(_trouble(answer.status), answer.retry_after_s)


def _trouble(status: int) -> Trouble:
    if status in GONE:
        return Trouble.GONE
    if status == TOO_MANY:
        return Trouble.BUSY
    return Trouble.UNTRUSTED if status in NOT_US else Trouble.FAILING


def _leads_inside(host: str) -> bool:
    if settings.PUSH_LOOPBACK:
        return False
    try:
        return not is_public(host)
    except ValueError:  # a name, as it should be
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal")) or "." not in host
