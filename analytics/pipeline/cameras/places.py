"""Where a camera may be: a name is resolved once, and only an address inside the ranges of the installation is called.

Everything after that is said over the connection to this very address, so no answer of a camera can lead elsewhere.
"""

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from analytics.pipeline.errors import BadCameraAddress, CameraElsewhere, CameraUnreachable

RTSP_PORT: Final = 554
LONGEST: Final = 500
Networks = Sequence[IPv4Network | IPv6Network]
Resolve = Callable[[str, int], list[str]]


@dataclass(frozen=True, slots=True)
class CameraPlace:
    """What to call and how to ask. `url` has no name and password in it."""

    host: str
    port: int
    url: str
    user: str = ""
    password: str = ""


def parse_camera_url(text: str) -> CameraPlace:
    """Of an address like rtsp://name:password@10.1.2.3:554/stream. Raises BadCameraAddress."""
    text = text.strip()
    try:
        parts = urlsplit(text)
        port = parts.port or RTSP_PORT
    except ValueError as error:
        raise BadCameraAddress(str(error)) from error
    if parts.scheme != "rtsp" or not parts.hostname or len(text) > LONGEST or not text.isprintable() or " " in text:
        raise BadCameraAddress("not rtsp://host/…")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if not (user + password).isprintable() or '"' in user:
        raise BadCameraAddress("a name that cannot be said")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    bare = urlunsplit(SplitResult("rtsp", f"{host}:{port}", parts.path, parts.query, ""))
    return CameraPlace(parts.hostname, port, bare, user, password)


def networks(written: str) -> Networks:
    """The ranges an installation allows, as "10.0.0.0/8, 192.168.0.0/16". Raises ValueError."""
    return [ip_network(part.strip()) for part in written.split(",") if part.strip()]


def resolve(host: str, port: int) -> list[str]:
    """Every address of a name, in the order of the resolver."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def address_of(place: CameraPlace, allowed: Networks, ask: Resolve = resolve) -> str:
    """The one address to call. Raises CameraUnreachable for a name nobody knows, CameraElsewhere where any of its
    addresses lies outside of what is allowed."""
    try:
        found = ask(place.host, place.port)
    except OSError as error:
        raise CameraUnreachable(str(error)) from error
    if not found:
        raise CameraUnreachable("no address")
    for address in found:
        if not _is_inside(address, allowed):
            raise CameraElsewhere(address)
    return found[0]


def within(place: CameraPlace, allowed: Networks) -> None:
    """Raises CameraElsewhere for an address outside of what is allowed. A name is asked for only when it is called."""
    try:
        is_inside = _is_inside(place.host, allowed)
    except ValueError:  # a name
        return
    if not is_inside:
        raise CameraElsewhere(place.host)


def _is_inside(address: str, allowed: Networks) -> bool:
    inside = ip_address(address.partition("%")[0])
    inside = getattr(inside, "ipv4_mapped", None) or inside
    return any(inside in network for network in allowed if network.version == inside.version)
