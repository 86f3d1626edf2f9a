"""One request out of the installation: to an address looked up once and checked, within a bounded time, without
redirects, and without reading more than the head of the answer."""

import socket
import ssl
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from notifications.channels.outcome import NotSentError
from notifications.enums import Trouble

STEP_S = 5.0  # to connect, to send, to answer
WHOLE_S = 12.0  # a service that answers a byte at a time is cut off
ADDRESSES_TRIED = 2
# IPv6 addresses that carry an IPv4 address: NAT64 (RFC 6052, RFC 8215), 6to4, Teredo.
CARRIERS = tuple(ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    retry_after_s: float


def post(url: str, *, headers: dict[str, str], body: bytes, public_only: bool) -> Answer:
    """The head of the answer to a POST. `public_only` refuses addresses that lead into this machine or its network,
    so that a foreign address entered by a user opens nothing inside.

    Raises NotSentError: TIMED_OUT, UNREACHABLE, or REFUSED where the address may not be asked.
    """
    parts = urlsplit(url)
    try:
        with closing(_connected(parts, public_only=public_only)) as connection:
            return _asked(connection, parts, headers, body)
    except TimeoutError as error:
        raise NotSentError(Trouble.TIMED_OUT) from error
    except (OSError, HTTPException) as error:
        raise NotSentError(Trouble.UNREACHABLE) from error


def _asked(connection: HTTPConnection, parts: SplitResult, headers: dict[str, str], body: bytes) -> Answer:
    watchdog = Timer(WHOLE_S, _cut, [connection.sock])
    watchdog.start()
    try:
        if isinstance(connection.sock, ssl.SSLSocket):
            connection.sock.do_handshake()
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        return Answer(answer.status, _retry_after_s(answer.getheader("Retry-After")))
    finally:
        watchdog.cancel()


def _cut(line: socket.socket) -> None:
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:  # it has ended by itself
        return


def _connected(parts: SplitResult, *, public_only: bool) -> HTTPConnection:
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    connection = HTTPSConnection(host, port, context=_tls()) if secure else HTTPConnection(host, port)
    line = _line_to(_addresses(host, port, public_only=public_only), port)
    connection.sock = _tls().wrap_socket(line, server_hostname=host, do_handshake_on_connect=False) if secure else line
    return connection


def _line_to(addresses: list[str], port: int) -> socket.socket:
    """A line to the first address that answers; the name is not looked up again, so it cannot point elsewhere now."""
    for address in addresses[:-1]:
        try:
            return socket.create_connection((address, port), STEP_S)
        except OSError:
            continue
    return socket.create_connection((addresses[-1], port), STEP_S)


def _addresses(host: str, port: int, *, public_only: bool) -> list[str]:
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if public_only and not all(is_public(address) for address in found):
        raise NotSentError(Trouble.REFUSED)
    return found[:ADDRESSES_TRIED]


def is_public(address: str) -> bool:
    """Whether an IP address lies in the open Internet, also when it is an IPv4 address in another's clothes."""
    ip = ip_address(address)
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is not None:
            return _is_open(ip.ipv4_mapped)
        if any(ip in net for net in CARRIERS):
            return False
    return _is_open(ip)


def _is_open(ip: IPv4Address | IPv6Address) -> bool:
    return ip.is_global and not ip.is_multicast


def _retry_after_s(given: str | None) -> float:
    """Seconds of a Retry-After header (RFC 9110, 10.2.3): a number or a date; 0 for none or for rubbish."""
    text = (given or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        at = parsedate_to_datetime(text)
        return max(0.0, (at - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return 0.0


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()
